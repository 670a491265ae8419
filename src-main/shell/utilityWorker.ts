import { utilityProcess } from 'electron'
import type { LaunchWorker } from '../jobs/workerLink.ts'

/**
 * Start the compute process under Electron: a utility process, because the RunAsNode fuse that
 * child_process.fork needs is off.
 *
 * @param entry  path of the process's first file
 */
export function utilityWorker(entry: string): LaunchWorker {
  return () => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Metamer Lab compute' })
    return {
      postMessage: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener(code, null)),
      kill: () => void child.kill(),
    }
  }
}
