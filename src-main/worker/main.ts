import path from 'node:path'
import { createNetworkSource } from './networkSource.ts'
import { hostPort } from './hostPort.ts'
import { loadBackend } from './loadBackend.ts'
import { startWorker } from './startWorker.ts'

/** Built for Electron, the threads lie beside this file. */
const builtThread = (name: string): URL => new URL(`./${name}.js`, import.meta.url)
const isBuilt = path.extname(import.meta.filename) !== '.ts'
const threads = isBuilt ? { exampleThread: builtThread('exampleThread'), surveyThread: builtThread('surveyThread') } : undefined

/** The compute process. It starts with nothing open, answers the host until the host goes, and remembers nothing after. */
startWorker(hostPort(), await loadBackend(), createNetworkSource(), threads)
