import { Worker } from 'node:worker_threads'
import { errorFromData, LabError } from '../../domain/errors.ts'
import type { Example, ExampleOrder } from './example.ts'
import type { ThreadAnswer, ThreadStart } from './exampleThread.ts'

/** Examples made in a thread. */
export interface ExampleSource {
  /** @throws MediaError when a file cannot be used; LabError when the thread has ended */
  make(orders: readonly ExampleOrder[]): Promise<Example[]>
  /** What was done to the files so far. */
  notices(): string[]
  close(): Promise<void>
}

/** @param entry  first file of the thread */
export function createExampleSource(entry: URL, start: ThreadStart): ExampleSource {
  const thread = new Worker(entry, { workerData: start })
  const waiting = new Map<number, { resolve(examples: Example[]): void; reject(error: Error): void }>()
  let notices: string[] = []
  let lastId = 0
  // Whoever asks afterwards must not wait for ever either.
  let ended: Error | null = null
  const end = (error: Error): void => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  thread.on('message', (answer: ThreadAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) return asked?.reject(errorFromData(answer.error))
    notices = answer.notices
    asked?.resolve(answer.examples)
  })
  thread.on('error', ({ message }) => end(endedByItself(message)))
  thread.on('exit', (code) => end(endedByItself(`it left with code ${code}`)))
  return {
    make(orders) {
      if (orders.length === 0) return Promise.resolve([])
      if (ended) return Promise.reject(ended)
      const id = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        thread.postMessage({ id, orders })
      })
    },
    notices: () => notices,
    close: async () => {
      end(new Error('The thread that makes examples was closed.'))
      await thread.terminate()
    },
  }
}

function endedByItself(why: string): LabError {
  return new LabError(`The thread that makes examples ended: ${why}. Try again; a training goes on from its last checkpoint.`)
}
