import { parentPort, workerData } from 'node:worker_threads'
import { listenTo } from './listenTo.ts'

/** Listens to the files that it is started with, one after another, and tells of each. */
if (parentPort) for (const file of workerData as string[]) parentPort.postMessage(listenTo(file))
