import { Worker } from 'node:worker_threads'
import { errorFromData } from '../../domain/errors.ts'
import type { Example, ExampleOrder } from './example.ts'
import type { ThreadAnswer, ThreadStart } from './exampleThread.ts'

/** Examples made in a thread. */
export interface ExampleSource {
  /** @throws MediaError when a file cannot be used */
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
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  thread.on('message', (answer: ThreadAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) return asked?.reject(errorFromData(answer.error))
    notices = answer.notices
    asked?.resolve(answer.examples)
  })
  thread.on('error', fail)
  return {
    make(orders) {
      if (orders.length === 0) return Promise.resolve([])
      const id = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        thread.postMessage({ id, orders })
      })
    },
    notices: () => notices,
    close: async () => {
      fail(new Error('The thread that makes examples was closed.'))
      await thread.terminate()
    },
  }
}
