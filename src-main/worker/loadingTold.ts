import type { WorkerContext } from './context.ts'

const reportEveryMs = 100

/** Tell the host how far the reading of a file has come, ten times a second and at its end. */
export function loadingTold(context: Pick<WorkerContext, 'tell'>, network: string): (doneBytes: number, totalBytes: number) => void {
  let reportedMs = -Infinity
  return (doneBytes, totalBytes) => {
    if (doneBytes < totalBytes && performance.now() - reportedMs < reportEveryMs) return
    reportedMs = performance.now()
    context.tell({ type: 'loading', network, doneBytes, totalBytes })
  }
}
