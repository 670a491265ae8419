import path from 'node:path'
import { createNetworkSource } from './networkSource.ts'
import { hostPort } from './hostPort.ts'
import { loadBackend } from './loadBackend.ts'
import { startWorker } from './startWorker.ts'

/** Built for Electron, the thread that makes examples lies beside this file. */
const builtThread = path.extname(import.meta.filename) === '.ts' ? undefined : new URL('./exampleThread.js', import.meta.url)

/** The compute process. It starts with nothing open, answers the host until the host goes, and remembers nothing after. */
startWorker(hostPort(), await loadBackend(), createNetworkSource(), builtThread)
