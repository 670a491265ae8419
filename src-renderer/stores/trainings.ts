import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { TrainingSummary } from '../../src-main/domain/training.ts'
import type { TrainingPlan } from '../../src-main/domain/trainingPlan.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'
import { onProjectChange } from './onProjectChange.ts'
import { useStored } from './useStored.ts'

/** All trainings of the project, newest first, which of them are looked at, and what can be done to one. */
export const useTrainings = defineStore('trainings', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const { value: stored, loaded, refresh } = useStored<TrainingSummary[]>('trainings', () => [], (r) => r.call('trainings.list', {}))
  const list = computed(() => [...stored.value].reverse())
  const byId = computed(() => new Map(list.value.map((training) => [training.id, training])))
  /** null: a new one is planned. */
  const selectedId = ref<number | null>(null)
  const comparedIds = ref<number[]>([])
  const selected = computed(() => (selectedId.value === null ? null : (byId.value.get(selectedId.value) ?? null)))
  const compared = computed(() => list.value.filter(({ id }) => comparedIds.value.includes(id)))

  onProjectChange(() => {
    selectedId.value = null
    comparedIds.value = []
  })
  // A window that is opened onto trainings shows the last of them.
  watch(loaded, (there) => void (there && (selectedId.value ??= list.value[0]?.id ?? null)))

  const start = (plan: TrainingPlan): Promise<{ id: number }> => rpc.call('trainings.plan', { plan })
  const cancel = (id: number): Promise<unknown> => messages.attempt('Stopping the training', () => rpc.call('trainings.cancel', { id }))
  const pause = (id: number): Promise<unknown> => messages.attempt('Pausing the training', () => rpc.call('trainings.pause', { id }))
  const resume = (id: number): Promise<unknown> => messages.attempt('Resuming the training', () => rpc.call('trainings.resume', { id }))
  const examine = (id: number): Promise<unknown> => messages.attempt('Examining the network', () => rpc.call('trainings.examine', { id }))

  return { list, byId, loaded, selectedId, comparedIds, selected, compared, refresh, start, cancel, pause, resume, examine }
})
