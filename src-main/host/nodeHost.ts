import { readFileSync } from 'node:fs'
import { forkWorker } from '../jobs/forkWorker.ts'
import { createHost, type Host } from './createHost.ts'
import { places, recentFile } from './places.ts'

/** The host as it runs under plain Node: for the command line and the loopback server. */
export function createNodeHost(): Host {
  return createHost({
    launchWorker: forkWorker(places.workerEntry),
    modelsFolder: places.modelsFolder,
    resourcesFolder: places.resourcesFolder,
    recentFile: recentFile(),
    now: () => new Date(),
    shell: 'browser',
    version: programVersion(),
  })
}

export function programVersion(): string {
  return (JSON.parse(readFileSync(places.packageFile, 'utf8')) as { version: string }).version
}
