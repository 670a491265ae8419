import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowReactive, watch } from 'vue'
import type { TrainingDetail } from '../../src-main/domain/trainingRecords.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'
import { onProjectChange } from './onProjectChange.ts'
import { useTrainings } from './trainings.ts'

/** Losses and examinations of the trainings that are looked at. */
export const useTrainingDetails = defineStore('trainingDetails', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const trainings = useTrainings()
  const byId = shallowReactive(new Map<number, TrainingDetail>())
  const wanted = computed(() => [...new Set([...(trainings.selectedId === null ? [] : [trainings.selectedId]), ...trainings.comparedIds])])

  async function load(id: number): Promise<void> {
    const detail = await messages.attempt('Reading the training', () => rpc.call('trainings.detail', { id }))
    // Another project may have been opened meanwhile.
    if (detail && trainings.byId.has(id)) byId.set(id, detail)
  }

  watch(wanted, (ids) => ids.filter((id) => !byId.has(id)).forEach((id) => void load(id)), { immediate: true })
  onProjectChange(() => byId.clear())
  onScopeDispose(rpc.on('changed', ({ what, ids }) => void (what === 'trainings' && wanted.value.filter((id) => ids.includes(id)).forEach((id) => void load(id)))))
  return { byId }
})
