import { parentPort, workerData } from 'node:worker_threads'
import { errorToData, type ErrorData } from '../../domain/errors.ts'
import type { Example, ExampleMaker, ExampleOrder } from './example.ts'
import { createPictureExamples, type PictureExamples } from './pictureExamples.ts'
import { createWordExamples, type WordExamples } from './wordExamples.ts'

/** What the thread is started with. */
export type ThreadStart = WordExamples | PictureExamples

export interface ThreadRequest {
  id: number
  orders: ExampleOrder[]
}

export type ThreadAnswer = { id: number; examples: Example[]; notices: string[] } | { id: number; error: ErrorData }

/** Decodes, mixes and crops in a thread of its own, so that the trainer does not wait for it. One answer for each request, in order. */
if (parentPort) {
  const port = parentPort
  const maker = makerOf(workerData as ThreadStart)
  let last: Promise<void> = Promise.resolve()
  port.on('message', (request: ThreadRequest) => {
    last = last.then(async () => {
      const answer = await answerTo(request, maker)
      port.postMessage(answer, 'examples' in answer ? answer.examples.map(({ signal }) => signal.buffer as ArrayBuffer) : [])
    })
  })
}

function makerOf(start: ThreadStart): ExampleMaker {
  return start.kind === 'words' ? createWordExamples(start) : createPictureExamples(start)
}

async function answerTo({ id, orders }: ThreadRequest, maker: ExampleMaker): Promise<ThreadAnswer> {
  try {
    const examples: Example[] = []
    for (const order of orders) examples.push(await maker.make(order))
    return { id, examples, notices: maker.notices() }
  } catch (error) {
    return { id, error: errorToData(error) }
  }
}
