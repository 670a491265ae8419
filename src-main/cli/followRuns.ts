import type { RunDetail, RunState, SynthesisProgress } from '../domain/run.ts'
import { deferred } from './deferred.ts'
import type { Lab } from './lab.ts'
import { createProgressBar, type ProgressBar } from './progressBar.ts'
import { shortNumber } from './text.ts'

const unfinished: readonly RunState[] = ['planned', 'running']

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
  const atWork = new Map<number, SynthesisProgress>()
  const all = deferred<'over' | 'interrupted'>()

  async function look(id: number): Promise<void> {
    const run = await client.call('runs.detail', { id })
    if (unfinished.includes(run.state) || !open.delete(id)) return
    atWork.delete(id)
    bar.clear()
    onOver(run)
    if (open.size === 0) all.resolve('over')
  }
  const lookAt = (ids: number[]): void => void Promise.all(ids.filter((id) => open.has(id)).map(look)).catch(all.reject)

  const ends = [
    client.on('changed', ({ what, ids }) => what === 'runs' && lookAt(ids)),
    client.on('progress', (progress) => {
      if (!open.has(progress.runId)) return
      atWork.set(progress.runId, progress)
      showRuns(bar, [...atWork.values()], runIds)
    }),
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

/** Runs that are made together share a bar, which counts the updates of all. */
function showRuns(bar: ProgressBar, atWork: SynthesisProgress[], runIds: number[]): void {
  const sum = (valueOf: (progress: SynthesisProgress) => number): number => atWork.reduce((total, progress) => total + valueOf(progress), 0)
  bar.show({
    label: labelOf(atWork.map(({ runId }) => runId), runIds),
    done: sum(({ update }) => update),
    total: sum(({ updates }) => updates),
    speed: sum(({ updatesPerSecond }) => updatesPerSecond),
    unit: 'it',
    remainingS: Math.max(...atWork.map(({ remainingS }) => remainingS)),
    note: `${atWork.length > 1 ? 'highest loss' : 'loss'} ${shortNumber(Math.max(...atWork.map(({ loss }) => loss)))}`,
  })
}

/** "run 3", "run 3 (2 of 8)", "runs 3, 4, 5 (of 8)" */
function labelOf(ids: number[], runIds: number[]): string {
  if (ids.length > 1) return `runs ${ids.sort((a, b) => a - b).join(', ')} (of ${runIds.length})`
  return `run ${ids[0]!}${runIds.length > 1 ? ` (${runIds.indexOf(ids[0]!) + 1} of ${runIds.length})` : ''}`
}
