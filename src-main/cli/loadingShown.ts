import type { Events } from '../rpc/contract/methods.ts'
import type { Io } from './io.ts'
import { createProgressBar } from './progressBar.ts'

/** Below this a file is read before anybody wonders. */
const worthShowingBytes = 64 << 20

/** Show on a terminal how far the reading of a big file has come. */
export function loadingShown(io: Io): (loading: Events['loading']) => void {
  const bar = createProgressBar(io)
  let started: { network: string; ms: number } | null = null
  return ({ network, doneBytes, totalBytes }) => {
    if (!io.errIsTerminal || totalBytes < worthShowingBytes) return
    if (started?.network !== network) started = { network, ms: io.now() }
    if (doneBytes >= totalBytes) {
      started = null
      return bar.clear()
    }
    const speed = doneBytes / Math.max((io.now() - started.ms) / 1000, 0.001)
    const megabytes = (bytes: number): number => Math.round(bytes / 1e6)
    bar.show({ label: `reading ${network}`, done: megabytes(doneBytes), total: megabytes(totalBytes), speed: speed / 1e6, unit: 'MB', remainingS: (totalBytes - doneBytes) / speed, note: '' })
  }
}
