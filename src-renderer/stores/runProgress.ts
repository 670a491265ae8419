import { defineStore } from 'pinia'
import { onScopeDispose, shallowReactive, watch } from 'vue'
import type { Preview, SynthesisProgress } from '../../src-main/domain/run.ts'
import { useRpc } from '../composables/useRpc.ts'
import { onProjectChange } from './onProjectChange.ts'
import { extended, type LivePoints } from './prepare/livePoints.ts'
import { useRuns } from './runs.ts'

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

  /** Speed and time left mean nothing once a run has stopped; its curve and preview still do until it is finished. */
  function tidyUp(): void {
    for (const id of [...latest.keys(), ...previews.keys(), ...curves.keys()]) if (!runs.byId.has(id)) forget(id)
    for (const run of runs.list) {
      if (run.state === 'finished') forget(run.id)
      else if (run.state !== 'running') latest.delete(run.id)
    }
  }

  /** Drop what a run that is finished or removed no longer needs: previews are large. */
  function forget(runId: number): void {
    latest.delete(runId)
    previews.delete(runId)
    curves.delete(runId)
  }

  watch(() => runs.list, tidyUp)
  onProjectChange(() => [latest, previews, curves].forEach((map) => map.clear()))
  onScopeDispose(useRpc().on('progress', take))
  return { latest, previews, curves, take, forget }
})

function extend(points: LivePoints | undefined, progress: SynthesisProgress): LivePoints {
  // A report tells the loss before the last update it counts.
  return extended(points ?? { update: [0], loss: [progress.firstLoss] }, Math.max(0, progress.update - 1), progress.loss)
}
