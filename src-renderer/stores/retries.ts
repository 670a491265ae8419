import { defineStore } from 'pinia'
import { computed, reactive, ref, watch } from 'vue'
import type { RunSet } from '../../src-main/domain/figure.ts'
import { readNumber, settingFields, triesField } from '../../src-main/domain/numberField.ts'
import type { RetryPlan, RunSummary } from '../../src-main/domain/run.ts'
import { useRpc } from '../composables/useRpc.ts'
import { counted } from '../design/format.ts'
import { useMessages } from './messages.ts'
import { useStored } from './useStored.ts'

/** Failed runs and excluded metamers, and how they are tried again. */
export const useRetries = defineStore('retries', () => {
  const rpc = useRpc()
  const messages = useMessages()
  /** As typed. Empty: as before. */
  const options = reactive({ updates: '', learningRate: '', tries: '3' })
  const read = computed(() => ({
    updates: options.updates.trim() === '' ? null : readNumber(options.updates, settingFields.updates),
    learningRate: options.learningRate.trim() === '' ? null : readNumber(options.learningRate, settingFields.learningRate),
    tries: readNumber(options.tries, triesField),
  }))
  const problem = computed(() => {
    const { updates, learningRate, tries } = read.value
    const named = [['Updates', updates], ['Rate', learningRate], ['Tries', tries]] as const
    const wrong = named.find(([, answer]) => typeof answer === 'string')
    return wrong ? `${wrong[0]}: ${String(wrong[1]).replace(/^A/, 'a')}` : null
  })
  const allowed = (): number => (typeof read.value.tries === 'number' ? read.value.tries : 3)
  const { value: list, refresh } = useStored<RunSummary[]>('runs', () => [], (r) => r.call('runs.retriable', { tries: allowed() }))
  /** All that failed, however often they were tried: a small number of tries must not hide them. */
  const { value: failed } = useStored<RunSummary[]>('runs', () => [], (r) => r.call('runs.retriable', { tries: triesField.to }))
  /** To be tried again, or removed. */
  const chosen = ref<number[]>([])
  const chosenToTry = computed(() => chosen.value.filter((id) => list.value.some((run) => run.id === id)))
  watch(() => read.value.tries, () => void refresh())
  watch(failed, () => (chosen.value = chosen.value.filter((id) => failed.value.some((run) => run.id === id))))

  const busy = ref(false)
  async function retry(): Promise<void> {
    if (busy.value || problem.value) return
    busy.value = true
    await plan()
    busy.value = false
  }

  async function plan(): Promise<void> {
    const { updates, learningRate } = read.value
    const changes: RetryPlan['changes'] = { ...(typeof updates === 'number' ? { updates } : {}), ...(typeof learningRate === 'number' ? { learningRate } : {}) }
    const answer = await messages.attempt('Trying again', () => rpc.call('runs.retry', { runIds: chosenToTry.value, changes, tries: allowed() }))
    if (!answer) return
    chosen.value = []
    await refresh()
  }

  async function makeOtherGradient({ network, networkHash, protocol }: RunSet): Promise<void> {
    const answer = await messages.attempt('Planning the other ReLU gradient', () => rpc.call('runs.planOtherGradient', { set: { network, networkHash, protocol } }))
    if (answer) messages.say('success', `${counted(answer.runIds.length, 'metamer')} with the other gradient planned. The Workbench shows how far they are; the comparison is drawn when they are done.`)
  }

  return { list, failed, options, problem, chosen, chosenToTry, busy, retry, makeOtherGradient }
})
