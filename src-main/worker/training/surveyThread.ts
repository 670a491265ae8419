import { parentPort, workerData } from 'node:worker_threads'
import { listenTo, type HeardFile } from './listenTo.ts'
import { lookAt, type SeenFile } from './lookAt.ts'

/** What the thread is started with. */
export interface SurveyStart {
  kind: 'sounds' | 'pictures'
  files: string[]
}

/** What it tells of each file. */
export type SurveyedFile = HeardFile | SeenFile

/** Goes through the files that it is started with, one after another, and tells of each. */
if (parentPort) {
  const { kind, files } = workerData as SurveyStart
  const goThrough = kind === 'sounds' ? listenTo : lookAt
  for (const file of files) parentPort.postMessage(await goThrough(file))
}
