import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { FileInspection, ImportCheck } from '../../src-main/domain/importing.ts'
import type { NetworkSummary } from '../../src-main/domain/network.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useDraft } from './draft.ts'
import { useNetworks } from './networks.ts'

/** A whole network of its own, or weights for one of the catalogue. */
export type ImportRoute = 'graph' | 'weights'
export type ImportStep = 'file' | 'match' | 'input' | 'layers' | 'try' | 'save' | 'done'

const steps: Record<ImportRoute, readonly ImportStep[]> = {
  graph: ['file', 'input', 'layers', 'try', 'save', 'done'],
  weights: ['file', 'match', 'done'],
}

/** The course of an import: which file, which way, how far. What each step fills in is kept when one goes back. */
export const useNetworkImport = defineStore('networkImport', () => {
  const rpc = useRpc()
  const networks = useNetworks()
  const draft = useDraft()
  const { busy, problem, attempt, forget: forgetAttempt } = attemptInPlace()

  const open = ref(false)
  const step = ref<ImportStep>('file')
  const route = ref<ImportRoute>('weights')
  const path = ref('')
  const inspection = shallowRef<FileInspection | null>(null)
  const result = shallowRef<{ network: NetworkSummary; checks: ImportCheck[] } | null>(null)
  /** Added by a shared card. */
  const byCard = ref(false)
  const course = computed(() => steps[route.value])

  function begin(): void {
    if (step.value === 'done') forget()
    open.value = true
  }

  function forget(): void {
    open.value = false
    step.value = 'file'
    path.value = ''
    inspection.value = null
    result.value = null
    byCard.value = false
    forgetAttempt()
  }

  async function inspect(file: string): Promise<void> {
    path.value = file
    inspection.value = null
    const found = await attempt(() => rpc.call('imports.inspect', { path: file }))
    if (!found) return
    inspection.value = found
    route.value = found.graph ? 'graph' : 'weights'
  }

  /** Add what a shared card describes, with the chosen file, which it names by hash. */
  async function addByCard(card: string): Promise<void> {
    const network = await attempt(() => rpc.call('imports.card', { card, path: path.value }))
    if (!network) return
    byCard.value = true
    await finish(network, [])
  }

  function move(by: 1 | -1): void {
    const next = course.value[course.value.indexOf(step.value) + by]
    if (next) step.value = next
  }

  /** The network is there: choose it for the next metamers. */
  async function finish(network: NetworkSummary, checks: ImportCheck[]): Promise<void> {
    result.value = { network, checks }
    step.value = 'done'
    await networks.refresh()
    draft.networkName = network.name
  }

  return { open, step, route, path, inspection, result, byCard, course, busy, problem, begin, forget, inspect, addByCard, move, finish }
})
