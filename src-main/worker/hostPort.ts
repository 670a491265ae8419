import type { HostMessage, WorkerMessage } from '../domain/workerMessages.ts'

/** The line to the host, whichever way this process was started. */
export interface HostPort {
  post(message: WorkerMessage): void
  onMessage(listener: (message: HostMessage) => void): void
}

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(type: 'message', listener: (event: { data: HostMessage }) => void): void
}

/**
 * Find the line to the host: Electron's parentPort, or the channel of child_process.fork.
 *
 * @throws Error when this process was started by hand
 */
export function hostPort(): HostPort {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    }
  }
  if (!process.send) throw new Error('The compute process is started by the program, not by hand. Use "npm start" or "npm run lab".')
  dieWithHost()
  return {
    post: (message) => void process.send!(message),
    onMessage: (listener) => void process.on('message', listener),
  }
}

/** Without a host there is nobody to work for. Ctrl-C and a shutdown reach this process too, but only the host may decide to stop. */
function dieWithHost(): void {
  process.on('disconnect', () => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
}
