import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ImportCheck, WeightMatch } from '../../src-main/domain/importing.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useNetworkImport } from './networkImport.ts'
import { useNetworks } from './networks.ts'
import { readLabels } from '../../src-main/domain/labelList.ts'
import { freeNetworkName, networkNameProblem } from './prepare/networkName.ts'
import { counted } from '../design/format.ts'

/** Weights of a file for a network of the catalogue. */
export const useWeightsImport = defineStore('weightsImport', () => {
  const rpc = useRpc()
  const course = useNetworkImport()
  const networks = useNetworks()
  const { busy, problem, attempt } = attemptInPlace()
  const saving = attemptInPlace()

  const network = ref('')
  const match = shallowRef<WeightMatch | null>(null)
  const name = ref('')
  const source = ref('')
  const licence = ref('')
  /** Labels in place of those that the file's convention brings; empty for those. */
  const labelsText = ref('')
  /** Added though a stimulus with a known answer gets another. */
  const unchecked = ref(false)

  const catalogue = computed(() => networks.list.filter((n) => !n.own))
  const labels = computed(() => readingOf(labelsText.value))
  /** The checks of the last attempt, where it was refused for them. */
  const failedChecks = computed(() => (saving.failure.value?.details as { checks?: ImportCheck[] } | undefined)?.checks ?? null)
  const missing = computed(() => match.value?.rows.filter((row) => row.source === null) ?? [])
  const nameProblem = computed(() => networkNameProblem(name.value.trim(), (taken) => networks.byName.has(taken)))
  /** Why it cannot be saved as it is. */
  const unready = computed<string | null>(() => {
    if (!match.value) return 'Choose the network that the weights belong to.'
    if (missing.value.length > 0) return `The file has nothing for ${counted(missing.value.length, 'weight')} of ${network.value}. Choose another network, or a file that holds all of them.`
    return nameProblem.value ?? labels.value.problem
  })

  watch(
    () => course.inspection,
    (found) => {
      match.value = null
      network.value = found?.candidates[0]?.network ?? ''
      source.value = found ? `File ${found.fileName}` : ''
      licence.value = ''
      labelsText.value = ''
    },
    { immediate: true },
  )
  watch(
    [network, () => course.inspection],
    ([chosen, found]) => {
      match.value = null
      unchecked.value = false
      saving.forget()
      if (!chosen || !found) return
      name.value = freeNetworkName(`${chosen}-${found.fileName.replace(/\.[^.]*$/, '')}`, (taken) => networks.byName.has(taken))
      void compare()
    },
    { immediate: true },
  )

  async function compare(): Promise<void> {
    const answer = await attempt(() => rpc.call('imports.match', { path: course.path, network: network.value }))
    if (answer) match.value = answer
  }

  async function save(): Promise<void> {
    if (unready.value !== null) return
    const wish = { path: course.path, network: network.value, name: name.value.trim(), source: source.value.trim(), licence: licence.value.trim() }
    const list = labels.value.list
    const extras = { ...(list.length > 0 ? { labels: list } : {}), ...(unchecked.value ? { unchecked: true } : {}) }
    const saved = await saving.attempt(() => rpc.call('imports.saveWeights', { ...wish, ...extras }))
    if (saved) await course.finish(saved.network, saved.checks)
  }

  return { network, match, name, source, licence, labelsText, labels, unchecked, failedChecks, catalogue, missing, nameProblem, unready, busy, problem, saving: saving.busy, savingProblem: saving.problem, compare, save }
})

function readingOf(text: string): { list: string[]; problem: string | null } {
  try {
    return { list: readLabels(text), problem: null }
  } catch (error) {
    return { list: [], problem: (error as Error).message }
  }
}
