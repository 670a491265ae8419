import { parentPort, workerData } from 'node:worker_threads'
import { errorToData, type ErrorData } from '../../domain/errors.ts'
import type { TrainingData } from '../../domain/training.ts'
import type { Dataset } from './dataset.ts'
import { mixClip, type Example, type ExampleOrder } from './mixClip.ts'
import { createSoundFiles } from './soundFiles.ts'

/** What the thread is started with. */
export interface ThreadStart {
  dataset: Dataset
  data: TrainingData
}

export interface ThreadRequest {
  id: number
  orders: ExampleOrder[]
}

export type ThreadAnswer = { id: number; examples: Example[]; notices: string[] } | { id: number; error: ErrorData }

const keepBytes = 512 * 2 ** 20

/** Decodes and mixes in a thread of its own, so that the trainer does not wait for it. One answer for each request, in order. */
if (parentPort) {
  const port = parentPort
  const { dataset, data } = workerData as ThreadStart
  const files = createSoundFiles(keepBytes)
  port.on('message', ({ id, orders }: ThreadRequest) => {
    try {
      const examples = orders.map((order) => mixClip(dataset, data, order, files.read))
      const answer: ThreadAnswer = { id, examples, notices: files.notices() }
      port.postMessage(answer, examples.map(({ wave }) => wave.buffer as ArrayBuffer))
    } catch (error) {
      port.postMessage({ id, error: errorToData(error) } satisfies ThreadAnswer)
    }
  })
}
