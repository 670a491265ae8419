import type { RunDetail, RunState, SynthesisProgress } from '../domain/run.ts'
import { deferred } from './deferred.ts'
import type { Lab } from './lab.ts'
import { createProgressBar, type ProgressBar } from './progressBar.ts'
import { shortNumber } from './text.ts'

const atWork: readonly RunState[] = ['planned', 'running']

/**
 * Wait until runs are over, showing how they go.
 *
 * @param onOver  called with each run as it ends, however it ends
 * @returns 'interrupted' when Ctrl-C came first
 */
export async function followRuns(lab: Lab, runIds: number[], onOver: (run: RunDetail) => void): Promise<'over' | 'interrupted'> {
  const { client, io } = lab
  const open = new Set(runIds)
  const bar = createProgressBar(io)
  const all = deferred<'over' | 'interrupted'>()

  async function look(id: number): Promise<void> {
    const run = await client.call('runs.detail', { id })
    if (atWork.includes(run.state) || !open.delete(id)) return
    bar.clear()
    onOver(run)
    if (open.size === 0) all.resolve('over')
  }
  const lookAt = (ids: number[]): void => void Promise.all(ids.filter((id) => open.has(id)).map(look)).catch(all.reject)

  const ends = [
    client.on('changed', ({ what, ids }) => what === 'runs' && lookAt(ids)),
    client.on('progress', (progress) => open.has(progress.runId) && showRun(bar, progress, runIds)),
  ]
  const interrupt = (): void => all.resolve('interrupted')
  io.interrupted.addEventListener('abort', interrupt)
  if (io.interrupted.aborted) interrupt()
  // Some may be over already.
  lookAt(runIds)
  try {
    return await all.promise
  } finally {
    bar.clear()
    ends.forEach((end) => end())
    io.interrupted.removeEventListener('abort', interrupt)
  }
}

function showRun(bar: ProgressBar, progress: SynthesisProgress, runIds: number[]): void {
  const place = runIds.length > 1 ? ` (${runIds.indexOf(progress.runId) + 1} of ${runIds.length})` : ''
  bar.show({
    label: `run ${progress.runId}${place}`,
    done: progress.update,
    total: progress.updates,
    speed: progress.updatesPerSecond,
    unit: 'it',
    remainingS: progress.remainingS,
    note: `loss ${shortNumber(progress.loss)}`,
  })
}
