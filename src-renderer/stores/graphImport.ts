import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { cardDraftSchema, type CardDraft, type GraphDescription, type TryOut } from '../../src-main/domain/importing.ts'
import type { Params } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useNetworkImport } from './networkImport.ts'
import { useNetworks } from './networks.ts'
import { outputOf, picksProblem, picksThatRemain, stagesOf, suggestedPicks, tensorOf, withToggled, type LayerPicks } from './prepare/layerPicks.ts'
import { labelsProblem } from './prepare/labelList.ts'
import { freeNetworkName, networkNameProblem } from './prepare/networkName.ts'

type Stimulus = Params<'imports.tryOut'>['stimulus']

/** How many labels the program's own lists have. */
const listLengths = { 'imagenet-1000': 1000, 'words-794': 794, 'magnatagatune-50': 50, 'english-text-29': 29 } as const

/** A whole network from a file: the card that is being written for it, and what its graph shows. */
export const useGraphImport = defineStore('graphImport', () => {
  const rpc = useRpc()
  const course = useNetworkImport()
  const networks = useNetworks()
  const describing = attemptInPlace()
  const trying = attemptInPlace()
  const saving = attemptInPlace()

  /** Without the stages, which follow from the picks. */
  const form = ref<CardDraft | null>(null)
  const description = shallowRef<GraphDescription | null>(null)
  const picks = shallowRef<LayerPicks>(new Map())
  const output = ref<string | null>(null)
  const stimulus = ref<Stimulus | null>(null)
  const tried = shallowRef<{ of: string; result: TryOut } | null>(null)
  /** Counts the files begun with, for those who keep something of their own for each. */
  const begun = ref(0)
  let describedFor = ''

  const stages = computed(() => (description.value ? stagesOf(description.value, picks.value, output.value) : (form.value?.stages ?? [])))
  const card = computed<CardDraft | null>(() => form.value && { ...form.value, name: form.value.name.trim(), stages: stages.value })
  const outputs = computed(() => description.value?.nodes.find((n) => n.tensor === output.value)?.shape.reduce((a, b) => a * b, 1) ?? null)
  const taken = (name: string): boolean => networks.byName.has(name)

  const inputProblem = computed(() => (form.value?.labels?.length === 0 ? 'Paste or choose the list of labels, or say that there is none.' : null) ?? problemWith(['input', 'network', 'normalisation', 'frontEnd', 'labels', 'labelOffset', 'head']))
  const layersProblem = computed(() => (description.value ? picksProblem(description.value, picks.value, output.value) : 'The graph has not been read yet.'))
  /** Said, but no reason to stop: a network may well have outputs that no label is known for. */
  const labelsNote = computed(() => {
    const labels = form.value?.labels
    if (!form.value || !labels || outputs.value === null) return null
    return labelsProblem(typeof labels === 'string' ? listLengths[labels] : labels.length, form.value.labelOffset, outputs.value)
  })
  const saveProblem = computed(() => (form.value ? (networkNameProblem(form.value.name.trim(), taken) ?? problemWith(['title', 'source', 'licence', 'baseLearningRate', 'notes'])) : null))
  /** Null as soon as anything has changed that the try-out depends on. */
  const tryOut = computed(() => (tried.value && tried.value.of === computedBy(card.value) ? tried.value.result : null))

  watch(() => course.inspection, (found) => start(found?.graph?.suggestion ?? null), { immediate: true })

  function start(suggestion: CardDraft | null): void {
    form.value = suggestion && { ...structuredClone(suggestion), name: freeNetworkName(suggestion.name, taken) }
    output.value = suggestion ? tensorOf(suggestion.stages.at(-1)!) : null
    description.value = null
    picks.value = new Map()
    tried.value = null
    describedFor = ''
    begun.value++
    for (const attempt of [describing, trying, saving]) attempt.forget()
  }

  function problemWith(fields: Array<keyof CardDraft>): string | null {
    const issue = cardDraftSchema.safeParse(card.value).error?.issues.find(({ path }) => fields.includes(path[0] as keyof CardDraft))
    return issue ? `${fieldWords[issue.path[0] as keyof CardDraft] ?? String(issue.path[0])}: ${issue.message}.` : null
  }

  /** Ask for the graph with its shapes, unless what they depend on is as it was. */
  async function describe(): Promise<boolean> {
    const { value: asked } = card
    if (!asked) return false
    const wanted = JSON.stringify([course.path, asked.input, asked.network, asked.frontEnd])
    if (wanted === describedFor && description.value) return true
    const answer = await describing.attempt(() => rpc.call('imports.describe', { path: course.path, draft: plain(asked) }))
    if (!answer) return false
    picks.value = description.value ? picksThatRemain(picks.value, answer) : suggestedPicks(answer, asked.stages)
    output.value = outputOf(answer, output.value)
    description.value = answer
    describedFor = wanted
    return true
  }

  function toggle(tensor: string): void {
    picks.value = withToggled(picks.value, tensor)
  }

  function rename(tensor: string, name: string): void {
    picks.value = new Map(picks.value).set(tensor, name)
  }

  async function tryWith(chosen: Stimulus): Promise<void> {
    const { value: asked } = card
    if (!asked) return
    stimulus.value = chosen
    tried.value = null
    const result = await trying.attempt(() => rpc.call('imports.tryOut', { path: course.path, draft: plain(asked), stimulus: chosen }))
    if (result) tried.value = { of: computedBy(asked), result }
  }

  async function save(): Promise<void> {
    const { value: asked } = card
    if (!asked || saveProblem.value !== null) return
    const network = await saving.attempt(() => rpc.call('imports.save', { path: course.path, draft: plain(asked) }))
    if (network) await course.finish(network, [])
  }

  return {
    form, begun, description, picks, output, stages, card, outputs, stimulus, tryOut,
    inputProblem, layersProblem, labelsNote, saveProblem,
    describing: describing.busy, describingProblem: describing.problem,
    trying: trying.busy, tryingProblem: trying.problem,
    saving: saving.busy, savingProblem: saving.problem,
    describe, toggle, rename, tryWith, save,
  }
})

const fieldWords: Partial<Record<keyof CardDraft, string>> = {
  input: 'Input',
  network: 'Input tensor',
  normalisation: 'Normalisation',
  frontEnd: 'Front end',
  labels: 'Labels',
  labelOffset: 'Label offset',
  title: 'Title',
  source: 'Source',
  licence: 'Licence',
  baseLearningRate: 'Base learning rate',
}

/** Everything in a card that what the network computes, or how it is read, depends on. */
function computedBy(card: CardDraft | null): string {
  if (!card) return ''
  const { input, network, normalisation, frontEnd, stages, labels, labelOffset, head } = card
  return JSON.stringify([input, network, normalisation, frontEnd, stages, labels, labelOffset, head])
}

/** Without Vue's proxies, which no message port carries. */
function plain(card: CardDraft): CardDraft {
  return JSON.parse(JSON.stringify(card)) as CardDraft
}
