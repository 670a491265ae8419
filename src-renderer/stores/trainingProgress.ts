import { defineStore } from 'pinia'
import { onScopeDispose, shallowReactive, watch } from 'vue'
import type { TrainingProgress } from '../../src-main/domain/training.ts'
import { useRpc } from '../composables/useRpc.ts'
import { onProjectChange } from './onProjectChange.ts'
import { extended, type LivePoints } from './prepare/livePoints.ts'
import { useTrainings } from './trainings.ts'

/** What is known of trainings while they work: the last report, and the loss since the window was opened. */
export const useTrainingProgress = defineStore('trainingProgress', () => {
  const trainings = useTrainings()
  const latest = shallowReactive(new Map<number, TrainingProgress>())
  const curves = shallowReactive(new Map<number, LivePoints>())

  function take(progress: TrainingProgress): void {
    const { trainingId, step, loss } = progress
    // A last report can come after the news that the training is finished.
    if (trainings.byId.get(trainingId)?.state === 'finished') return
    latest.set(trainingId, progress)
    // A report tells the loss before the last update it counts.
    curves.set(trainingId, extended(curves.get(trainingId) ?? { update: [], loss: [] }, Math.max(0, step - 1), loss))
  }

  function tidyUp(): void {
    for (const { id, state } of trainings.list) {
      if (state !== 'running') latest.delete(id)
      if (state === 'finished') curves.delete(id)
    }
  }

  watch(() => trainings.list, tidyUp)
  onProjectChange(() => [latest, curves].forEach((map) => map.clear()))
  onScopeDispose(useRpc().on('trainingProgress', take))
  return { latest, curves }
})
