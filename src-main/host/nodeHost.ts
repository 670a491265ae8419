import { readFileSync } from 'node:fs'
import { forkWorker } from '../jobs/forkWorker.ts'
import { createHost, type Host, type HostOptions } from './createHost.ts'
import { networksFolder, places } from './places.ts'

/**
 * The host as it runs under plain Node: for the command line and the loopback server.
 *
 * @param options.recentFile  where the window's list of recent projects is kept; null leaves it alone
 */
export function createNodeHost({ recentFile }: Pick<HostOptions, 'recentFile'>): Host {
  return createHost({
    launchWorker: forkWorker(places.workerEntry),
    modelsFolder: places.modelsFolder,
    networksFolder: networksFolder(),
    resourcesFolder: places.resourcesFolder,
    recentFile,
    now: () => new Date(),
    shell: 'browser',
    version: programVersion(),
  })
}

export function programVersion(): string {
  return (JSON.parse(readFileSync(places.packageFile, 'utf8')) as { version: string }).version
}
