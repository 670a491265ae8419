import { defineStore } from 'pinia'
import { onScopeDispose, shallowReactive, watch } from 'vue'
import type { Preview, SynthesisProgress } from '../../src-main/domain/run.ts'
import { thinHalf } from '../charts/prepare/thin.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useRuns } from './runs.ts'

export interface LivePoints {
  update: number[]
  loss: number[]
}

const MOST_POINTS = 4000

/** What is known of runs while they work: the last report, the last preview, and the loss since the window was opened. */
export const useRunProgress = defineStore('runProgress', () => {
  const runs = useRuns()
  const latest = shallowReactive(new Map<number, SynthesisProgress>())
  const previews = shallowReactive(new Map<number, Preview>())
  const curves = shallowReactive(new Map<number, LivePoints>())

  function take(progress: SynthesisProgress): void {
    // A last report can come after the news that the run is finished.
    if (runs.byId.get(progress.runId)?.state === 'finished') return
    latest.set(progress.runId, progress)
    if (progress.preview) previews.set(progress.runId, progress.preview)
    curves.set(progress.runId, extend(curves.get(progress.runId), progress))
  }

  /** Drop what a finished run no longer needs: previews are large. */
  function forget(runId: number): void {
    latest.delete(runId)
    previews.delete(runId)
    curves.delete(runId)
  }

  watch(
    () => runs.list,
    (list) => list.filter((r) => r.state === 'finished' && latest.has(r.id)).forEach((r) => forget(r.id)),
  )
  onScopeDispose(useRpc().on('progress', take))
  return { latest, previews, curves, take, forget }
})

function extend(points: LivePoints | undefined, progress: SynthesisProgress): LivePoints {
  const last = points?.update.at(-1) ?? -1
  // A resumed run counts on from its checkpoint: what lay beyond it is made anew.
  const kept = points && last >= progress.update ? before(points, progress.update) : (points ?? { update: [], loss: [] })
  const next = { update: [...kept.update, progress.update], loss: [...kept.loss, progress.loss] }
  return next.update.length > MOST_POINTS ? thinHalf(next) : next
}

function before(points: LivePoints, update: number): LivePoints {
  const end = points.update.findIndex((u) => u >= update)
  return { update: points.update.slice(0, end), loss: points.loss.slice(0, end) }
}
