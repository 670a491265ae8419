import type { Host } from '../host/createHost.ts'
import { createNodeHost, programVersion } from '../host/nodeHost.ts'
import { exitCodes } from './exitCodes.ts'
import type { Io } from './io.ts'
import { runCli } from './runCli.ts'

/** The command line, once its entry has been read. */
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Once: stop in order. Twice: at once; the last checkpoint is stored anyway.
    if (interrupted.signal.aborted) process.exit(exitCodes.interrupted)
    interrupted.abort()
  })
}
// Whoever reads us (head, less) may stop before we do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failed))
// Remarks that nobody can read any more must not end the work.
process.stderr.on('error', () => {})

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  errIsTerminal: process.stderr.isTTY === true,
  columns: () => process.stderr.columns ?? 80,
  now: () => performance.now(),
  interrupted: interrupted.signal,
}

/** What a script opens is no project that a person has opened lately. */
const createHost = (): Host => createNodeHost({ recentFile: null })

process.exitCode = await runCli(process.argv.slice(2), { io, createHost, version: programVersion() })
