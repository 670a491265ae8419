import { fork, type ForkOptions } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { LaunchWorker } from './workerLink.ts'

/**
 * Start the compute process under plain Node.
 *
 * @param entry  path of the process's first file
 * @param env    its environment
 */
export function forkWorker(entry: string, env: NodeJS.ProcessEnv = process.env): LaunchWorker {
  return () => {
    const child = fork(entry, { ...forkOptions, env })
    passOnWords(child.stderr!)
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

const forkOptions: ForkOptions = {
  // Structured clone: typed arrays and NaN arrive as they were sent.
  serialization: 'advanced',
  // Nothing of a debugger's or test runner's switches. The warning is about a call in tfjs-node that nobody here can change.
  execArgv: ['--disable-warning=DEP0044'],
  // Our own stdout carries results only, whatever a library prints.
  stdio: ['ignore', 2, 'pipe', 'ipc'],
}

/** Lines that TensorFlow prints at each start, whatever its log level. */
const startNoise = /^WARNING: All log messages before absl::InitializeLog|oneDNN custom operations are on/

/** The compute process writes to stderr only what went wrong in a library: people should see that, and only that. */
function passOnWords(stderr: Readable): void {
  createInterface({ input: stderr }).on('line', (line) => {
    if (!startNoise.test(line)) process.stderr.write(`${line}\n`)
  })
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
