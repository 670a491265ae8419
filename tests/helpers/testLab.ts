import path from 'node:path'
import { onTestFinished } from 'vitest'
import { createHost, type Host, type HostOptions } from '../../src-main/host/createHost.ts'
import { places } from '../../src-main/host/places.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import type { LaunchWorker, WorkerProcess } from '../../src-main/jobs/workerLink.ts'
import { createRpcClient, type RpcClient } from '../../src-main/rpc/client.ts'
import { createInMemoryPair } from '../../src-main/rpc/transports/inMemory.ts'

export const toyWorkerEntry = path.join(import.meta.dirname, 'toyWorker.ts')

export interface TestLab {
  host: Host
  client: RpcClient
  /** Kill the compute process as `kill -9` would. */
  killWorker(): void
}

/** A host with a real compute process, which knows the toy networks; closed after the test. */
export function testLab(changes: Partial<HostOptions> = {}): TestLab {
  const launch = forkWorker(toyWorkerEntry)
  let worker: WorkerProcess | null = null
  const launchWorker: LaunchWorker = () => (worker = launch())
  const host = createHost({ ...hostOptions(launchWorker), ...changes })
  const [mine, its] = createInMemoryPair()
  host.connect(its)
  onTestFinished(() => host.close())
  return { host, client: createRpcClient(mine), killWorker: () => worker?.kill() }
}

/** What a test's host needs; it knows no networks of the user's, remembers nothing and keeps a checkpoint ten times a second. */
export function hostOptions(launchWorker: LaunchWorker): HostOptions {
  const { modelsFolder, resourcesFolder } = places
  const now = (): Date => new Date('2026-11-24T12:00:00Z')
  const networksFolder = path.join(modelsFolder, 'none-of-its-own')
  return { launchWorker, modelsFolder, networksFolder, resourcesFolder, recentFile: null, now, shell: 'browser', version: '0.0.0', checkpointEveryS: 0.1 }
}
