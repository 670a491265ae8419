import { fork } from 'node:child_process'
import type { LaunchWorker } from './workerLink.ts'

/**
 * Start the compute process under plain Node.
 *
 * @param entry  path of the process's first file
 * @param env    its environment
 */
export function forkWorker(entry: string, env: NodeJS.ProcessEnv = process.env): LaunchWorker {
  return () => {
    // 'advanced' is structured clone: typed arrays and NaN arrive as they were sent.
    // A clean execArgv keeps a debugger's or test runner's switches out of the child.
    const child = fork(entry, { serialization: 'advanced', execArgv: [], env })
    // A message to a child that has just died fails here too; its exit tells the story.
    child.on('error', () => {})
    return {
      postMessage: (message) => void child.send(message, () => {}),
      onMessage: (listener) => void child.on('message', (message) => listener(message as never)),
      onExit: (listener) => onceGone(child, listener),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}

/**
 * 'close' comes after the last message, 'exit' may come before it and cost a checkpoint.
 * A child that could not be started at all gives 'error' alone.
 */
function onceGone(child: ReturnType<typeof fork>, listener: (code: number | null, signal: string | null) => void): void {
  child.once('close', listener)
  child.once('error', () => {
    if (child.pid === undefined) listener(null, null)
  })
}
