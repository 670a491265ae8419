import { parentPort, workerData } from 'node:worker_threads'
import { errorToData, type ErrorData } from '../../domain/errors.ts'
import { loadBackend } from '../loadBackend.ts'
import type { Example, ExampleMaker, ExampleOrder } from './example.ts'
import { createPictureExamples, type PictureExamples } from './pictureExamples.ts'
import { hearExamples } from './hearExamples.ts'
import { createWordExamples, type WordExamples } from './wordExamples.ts'

/** What the thread is started with. */
export type ThreadStart = WordExamples | PictureExamples

export interface ThreadRequest {
  id: number
  orders: ExampleOrder[]
}

export type ThreadAnswer = { id: number; examples: Example[]; notices: string[] } | { id: number; error: ErrorData }

/**
 * Decodes, mixes, crops and hears as the network's front end does, in a thread of its own, so that the trainer does not wait for it. One answer for each
 * request, in order. Its TensorFlow is its own too: the binding keeps one for each thread.
 */
if (parentPort) {
  const port = parentPort
  const making = makerOf(workerData as ThreadStart)
  // Whoever asks for an example hears of a failure; until then it must not count as unheard.
  making.catch(() => undefined)
  let last: Promise<void> = Promise.resolve()
  port.on('message', (request: ThreadRequest) => {
    last = last.then(async () => {
      const answer = await answerTo(request, making)
      port.postMessage(answer, 'examples' in answer ? answer.examples.map(({ signal }) => signal.buffer as ArrayBuffer) : [])
    })
  })
}

async function makerOf(start: ThreadStart): Promise<ExampleMaker> {
  if (start.kind === 'pictures') return createPictureExamples(start)
  const waves = createWordExamples(start)
  if (!start.hearing) return waves
  await loadBackend()
  return hearExamples(waves, start.hearing)
}

async function answerTo({ id, orders }: ThreadRequest, making: Promise<ExampleMaker>): Promise<ThreadAnswer> {
  try {
    const maker = await making
    const examples: Example[] = []
    for (const order of orders) examples.push(await maker.make(order))
    return { id, examples, notices: maker.notices() }
  } catch (error) {
    return { id, error: errorToData(error) }
  }
}
