import { defineStore } from 'pinia'
import { reactive, ref, watch } from 'vue'
import type { RunSet } from '../../src-main/domain/figure.ts'
import type { RetryPlan, RunSummary } from '../../src-main/domain/run.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'
import { useStored } from './useStored.ts'

/** Failed runs and excluded metamers, and how they are tried again. */
export const useRetries = defineStore('retries', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const options = reactive<{ updates: number | ''; learningRate: number | ''; tries: number }>({ updates: '', learningRate: '', tries: 3 })
  const allowed = (): number => (Number.isInteger(options.tries) && options.tries >= 2 ? Math.min(options.tries, 100) : 3)
  const { value: list, refresh } = useStored<RunSummary[]>('runs', () => [], (r) => r.call('runs.retriable', { tries: allowed() }))
  const chosen = ref<number[]>([])
  watch(() => options.tries, () => void refresh())

  const busy = ref(false)
  async function retry(): Promise<void> {
    if (busy.value) return
    busy.value = true
    await plan()
    busy.value = false
  }

  async function plan(): Promise<void> {
    const { updates, learningRate } = options
    const changes: RetryPlan['changes'] = { ...(updates === '' ? {} : { updates }), ...(learningRate === '' ? {} : { learningRate }) }
    const answer = await messages.attempt('Trying again', () => rpc.call('runs.retry', { runIds: chosen.value, changes, tries: allowed() }))
    if (!answer) return
    chosen.value = []
    await refresh()
  }

  const makeOtherGradient = (set: RunSet): Promise<unknown> => messages.attempt('Planning the other ReLU gradient', () => rpc.call('runs.planOtherGradient', { set }))

  return { list, options, chosen, busy, retry, makeOtherGradient }
})
