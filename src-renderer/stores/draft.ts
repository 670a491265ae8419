import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { isMovedItself } from '../../src-main/domain/cochleagramSpace.ts'
import { ProtocolError } from '../../src-main/domain/errors.ts'
import { metamerKey, runsByMetamer } from '../../src-main/domain/metamerKey.ts'
import { readNumber, settingFields } from '../../src-main/domain/numberField.ts'
import { checkProtocol, trulyNamed, type Protocol } from '../../src-main/domain/protocol.ts'
import type { RunPlan, RunSummary } from '../../src-main/domain/run.ts'
import type { ReferenceSummary } from '../../src-main/domain/stimulus.ts'
import { useRpc } from '../composables/useRpc.ts'
import { keepPerProject } from './keepPerProject.ts'
import { useMessages } from './messages.ts'
import { useNetworks } from './networks.ts'
import { onProjectChange } from './onProjectChange.ts'
import { useProject } from './project.ts'
import { useReferences } from './references.ts'
import { useRuns } from './runs.ts'

export const LARGEST_SEED = 0xffff_ffff

export type NumberSetting = keyof typeof settingFields

/** What is about to be made: network x layers x references, one protocol, one seed. */
export const useDraft = defineStore('draft', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const networks = useNetworks()
  const references = useReferences()
  const project = useProject()
  const runs = useRuns()

  const networkName = ref<string | null>(null)
  const layers = ref<string[]>([])
  const referenceIds = ref<number[]>([])
  /** How often the user has asked for references that are not here yet. */
  const adding = ref(0)
  const presetName = ref<string | null>(null)
  const changes = shallowRef<Partial<Protocol>>({})
  const seed = ref<number | null>(1)
  /** Asked for: the paper's Figure 2. */
  const bothGradients = ref(false)

  const network = computed(() => (networkName.value === null ? null : (networks.byName.get(networkName.value) ?? null)))
  const preset = computed(() => networks.protocols.find((p) => p.protocol.name === presetName.value) ?? null)
  const settings = computed(() => (preset.value ? trulyNamed({ ...preset.value.protocol, ...changes.value }) : null))
  /** Numbers as they were typed, of fields that are being written in or cannot be read. */
  const typed = ref<Partial<Record<NumberSetting, string>>>({})
  const fieldProblems = computed(() => {
    const read = (Object.entries(typed.value) as Array<[NumberSetting, string]>).map(([setting, text]) => [setting, readSetting(setting, text)])
    return Object.fromEntries(read.filter(([, answer]) => typeof answer === 'string')) as Partial<Record<NumberSetting, string>>
  })
  const protocolProblem = computed(() => {
    const [wrong] = Object.entries(fieldProblems.value)
    if (wrong) return `${wrong[0]}: ${wrong[1].replace(/^A/, 'a')}`
    return settings.value ? problemWith(settings.value) : null
  })
  const usable = computed(() => references.list.filter((r) => r.kind === network.value?.kind))
  const chosenReferences = computed(() => usable.value.filter((r) => referenceIds.value.includes(r.id)))
  /** Chosen layers that end in a ReLU: at others its gradient makes no difference. */
  const rectified = computed(() => layers.value.filter((name) => network.value?.stages.some((s) => s.name === name && s.endsIn !== 'linear')))
  /** The layers at which each metamer is made once with each gradient. L-BFGS takes the standard one only. */
  const compared = computed(() => (bothGradients.value && settings.value?.optimiser === 'adam' ? rectified.value : []))
  const count = computed(() => (layers.value.length + compared.value.length) * chosenReferences.value.length)

  /** What is asked for, set by set: with both gradients, first the modified one, then the standard one where that differs. */
  const sets = computed<Array<Pick<RunPlan, 'layers' | 'protocol'>>>(() => {
    if (!settings.value) return []
    if (compared.value.length === 0) return [{ layers: layers.value, protocol: settings.value }]
    const withGradient = (reluGradient: Protocol['reluGradient']): Protocol => trulyNamed({ ...settings.value!, reluGradient })
    return [{ layers: layers.value, protocol: withGradient('modified') }, { layers: compared.value, protocol: withGradient('standard') }]
  })

  /** Runs that make these very metamers already, or will. */
  const existing = computed(() => runsWith(seed.value))
  /** The next seed with which all of them are new. */
  const freeSeed = computed(() => {
    let free = (seed.value ?? 0) + 1
    while (free <= LARGEST_SEED && runsWith(free).length > 0) free++
    return free <= LARGEST_SEED ? free : null
  })

  const missing = computed<string[]>(() => {
    const what: string[] = []
    if (project.readOnlyReason) what.push(`a project that can be written (${project.readOnlyReason})`)
    if (!network.value) what.push('a network')
    else if (network.value.weights.state === 'needed') what.push(`weights for ${network.value.title}`)
    if (layers.value.length === 0) what.push('a layer')
    else if (settings.value && layers.value.some((layer) => isMovedItself(settings.value!, layer))) what.push('layers behind the cochleagram, which is moved itself')
    if (adding.value > 0) what.push('the references that are being added')
    else if (chosenReferences.value.length === 0) what.push(network.value ? `a reference ${network.value.kind === 'image' ? 'picture' : 'sound'}` : 'a reference')
    if (!settings.value) what.push('a protocol')
    else if (protocolProblem.value) what.push('settings in range')
    if (!isSeed(seed.value)) what.push('a seed from 0 to 4,294,967,295')
    return what
  })

  onProjectChange(() => (referenceIds.value = []))
  watch(() => networks.list, chooseDefaults, { immediate: true })
  watch(networkName, () => {
    layers.value = layers.value.filter(isLayer)
    if (!network.value?.cochleagram) change('space', undefined)
  })

  function isLayer(layer: string): boolean {
    return network.value?.stages.some((s) => s.name === layer && s.metamerLayer) ?? false
  }

  keepPerProject(
    'draft',
    () => ({ networkName: networkName.value, layers: layers.value, referenceIds: referenceIds.value, presetName: presetName.value, changes: changes.value, seed: seed.value, bothGradients: bothGradients.value }),
    (kept) => {
      if (kept.networkName && networks.byName.has(kept.networkName)) networkName.value = kept.networkName
      if (networks.protocols.some(({ protocol }) => protocol.name === kept.presetName)) presetName.value = kept.presetName!
      layers.value = (kept.layers ?? []).filter(isLayer)
      referenceIds.value = kept.referenceIds ?? []
      changes.value = kept.changes ?? {}
      seed.value = kept.seed ?? 1
      bothGradients.value = kept.bothGradients ?? false
    },
    () => networks.list.length > 0 && networks.protocols.length > 0,
  )

  function chooseDefaults(): void {
    const gone = networkName.value !== null && networks.list.length > 0 && !networks.byName.has(networkName.value)
    if (gone) networkName.value = null
    networkName.value ??= (networks.list.find((n) => n.weights.state === 'trained') ?? networks.list[0])?.name ?? null
    presetName.value ??= networks.protocols[0]?.protocol.name ?? null
  }

  const addFiles = (files: Iterable<File>): Promise<void> => choose(() => references.addFiles(files))
  const addSample = (name: string): Promise<void> => choose(() => references.addSample(name))

  /** Nothing is made until they are chosen: they stand in the list before. */
  async function choose(add: () => Promise<ReferenceSummary[]>): Promise<void> {
    adding.value++
    try {
      const added = await add()
      referenceIds.value = [...new Set([...referenceIds.value, ...added.map(({ id }) => id)])]
    } finally {
      adding.value--
    }
  }

  function choosePreset(name: string): void {
    presetName.value = name
    changes.value = {}
    typed.value = {}
  }

  /** Take over what is typed as far as it can be read; what cannot is kept as it is, with a problem. */
  function typeNumber(setting: NumberSetting, text: string): void {
    typed.value = { ...typed.value, [setting]: text }
    const answer = readSetting(setting, text)
    if (typeof answer !== 'string') change(setting, answer as Protocol[NumberSetting])
  }

  /** The field is left: it shows the number that was read. */
  function leaveNumber(setting: NumberSetting): void {
    if (setting in fieldProblems.value) return
    const { [setting]: _, ...others } = typed.value
    typed.value = others
  }

  /** Change one setting; the value the preset has is no change. */
  function change<K extends keyof Protocol>(key: K, value: Protocol[K]): void {
    const { [key]: _, ...others } = changes.value
    changes.value = preset.value?.protocol[key] === value ? (others as Partial<Protocol>) : { ...changes.value, [key]: value }
  }

  /** What is typed into fields that are no longer there counts no more. */
  function keepTyped(shown: readonly NumberSetting[]): void {
    typed.value = Object.fromEntries(Object.entries(typed.value).filter(([setting]) => shown.includes(setting as NumberSetting)))
  }

  const made = computed(() => runsByMetamer(runs.list))
  function runsWith(ofSeed: number | null): RunSummary[] {
    if (!network.value || ofSeed === null) return []
    const parts = { network: network.value.name, networkHash: network.value.weights.hash, seed: ofSeed }
    const keys = sets.value.flatMap((set) => set.layers.flatMap((layer) => chosenReferences.value.map(({ id }) => metamerKey({ ...parts, layer, referenceId: id, protocol: set.protocol }))))
    return keys.flatMap((key) => made.value.get(key) ?? [])
  }

  /** One for each set; none where something is missing. */
  function plans(): RunPlan[] {
    if (missing.value.length > 0 || !network.value || seed.value === null) return []
    const common = { network: network.value.name, referenceIds: chosenReferences.value.map((r) => r.id), seed: seed.value, onlyNew: true }
    const order = network.value.stages.map((s) => s.name)
    return sets.value.map((set) => ({
      ...common,
      layers: [...set.layers].sort((x, y) => order.indexOf(x) - order.indexOf(y)),
      protocol: checkProtocol(set.protocol),
    }))
  }

  /** @returns ids of the planned runs; empty when something is missing or the program refused */
  async function make(): Promise<number[]> {
    const runIds: number[] = []
    for (const asked of plans()) {
      const answer = await messages.attempt('Planning the runs', () => rpc.call('runs.plan', asked))
      if (!answer) break
      runIds.push(...answer.runIds)
    }
    return runIds
  }

  return {
    networkName, layers, referenceIds, presetName, changes, seed, bothGradients,
    network, preset, settings, typed, fieldProblems, keepTyped, protocolProblem, chosenReferences, compared, count, existing, freeSeed, missing,
    addFiles, addSample, choosePreset, change, typeNumber, leaveNumber, plans, make,
  }
})

function problemWith(settings: Protocol): string | null {
  try {
    checkProtocol(settings)
    return null
  } catch (error) {
    if (error instanceof ProtocolError) return error.message
    throw error
  }
}

/** An empty rate is the network's own. */
function readSetting(setting: NumberSetting, text: string): number | null | string {
  return setting === 'learningRate' && text.trim() === '' ? null : readNumber(text, settingFields[setting])
}

function isSeed(seed: number | null): boolean {
  return seed !== null && Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED
}
