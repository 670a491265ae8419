import { createNetworkSource } from './networkSource.ts'
import { hostPort } from './hostPort.ts'
import { loadBackend } from './loadBackend.ts'
import { startWorker } from './startWorker.ts'

/** The compute process. It starts with nothing open, answers the host until the host goes, and remembers nothing after. */
startWorker(hostPort(), await loadBackend(), createNetworkSource())
