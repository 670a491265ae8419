import { defineStore } from 'pinia'
import { computed, reactive, ref, watch } from 'vue'
import { ProtocolError } from '../../src-main/domain/errors.ts'
import { readPictureTraining, type PictureTrainingField } from '../../src-main/domain/pictureTrainingForm.ts'
import { checkTrainingPlan, type TrainingPlan } from '../../src-main/domain/trainingPlan.ts'
import { pictureTrainingDefaults, wordTrainingDefaults } from '../../src-main/domain/trainingDefaults.ts'
import { readWordTraining, type WordTrainingField } from '../../src-main/domain/wordTrainingForm.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useMessages } from './messages.ts'
import { useNetworks } from './networks.ts'
import { useTrainings } from './trainings.ts'

export type TrainingKind = 'words' | 'pictures'
export type TrainingField = WordTrainingField | PictureTrainingField

/** What is wrong with a field, to be read after its name; or with the whole, as a sentence. */
interface Problem {
  field: TrainingField | null
  problem: string
}

type Draft = { plan: TrainingPlan } | { problems: Problem[] }

const empty = { name: '', title: '', cache: '', target: '', out: '' }

/** The training that is about to be planned, of either kind: texts, as the command line takes them. */
export const useTrainingDraft = defineStore('trainingDraft', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const trainings = useTrainings()
  const networks = useNetworks()
  const { busy, problem: refusal, attempt, forget } = attemptInPlace()
  const kind = ref<TrainingKind>('words')
  const words = reactive<Record<WordTrainingField, string>>({ ...wordTrainingDefaults, ...empty, speech: '', backgrounds: '', words: '' })
  const pictures = reactive<Record<PictureTrainingField, string>>({ ...pictureTrainingDefaults, ...empty, pictures: '', labels: '', from: '' })
  const form = computed(() => (kind.value === 'words' ? words : pictures) as Record<TrainingField, string>)
  const note = ref('')
  /** Whether it was asked for: before, what is missing is no mistake. */
  const asked = ref(false)

  const draft = computed<Draft>(() => read())
  const problems = computed(() => ('problems' in draft.value ? draft.value.problems.filter(({ problem }) => asked.value || problem !== 'is missing') : []))

  watch(kind, () => {
    asked.value = false
    forget()
  })

  // A stage that another network has says nothing of this one.
  watch(() => pictures.network, (name) => {
    const network = networks.byName.get(name)
    if (network && !network.stages.some((stage) => stage.name === pictures.from)) pictures.from = ''
  })

  const problemOf = (field: TrainingField | null): string | null => problems.value.find((one) => one.field === field)?.problem ?? null

  /** @param name  stands in for the network's where that does not matter */
  function read(name = ''): Draft {
    const notes = note.value.trim() === '' ? [] : [note.value.trim()]
    const understood = kind.value === 'words' ? readWordTraining({ ...trimmed(words, name), notes }) : readPictureTraining({ ...trimmed(pictures, name), notes })
    if (understood.plan === null) return { problems: understood.problems.map(({ field, message }) => ({ field: field as TrainingField, problem: message })) }
    try {
      checkTrainingPlan(understood.plan)
      return { plan: understood.plan }
    } catch (error) {
      if (error instanceof ProtocolError) return { problems: [{ field: null, problem: error.message }] }
      throw error
    }
  }

  /** @returns the plan; null where something is off, which is shown from then on */
  function plan(): TrainingPlan | null {
    asked.value = true
    return 'plan' in draft.value ? draft.value.plan : null
  }

  /** The same for a look at the data: the network needs no name yet. */
  function planOfData(): TrainingPlan | null {
    const unnamed = read('unnamed')
    if ('plan' in unnamed) return unnamed.plan
    asked.value = true
    return null
  }

  /** Plan it, and look at it. */
  async function start(): Promise<void> {
    const wanted = plan()
    if (!wanted) return forget()
    const planned = await attempt(() => trainings.start(wanted))
    if (!planned) return
    asked.value = false
    form.value.name = ''
    form.value.title = ''
    await trainings.refresh()
    trainings.selectedId = planned.id
    trainings.comparedIds = []
  }

  void messages.attempt('Asking where networks go', async () => {
    const { networksFolder } = await rpc.call('trainings.places', {})
    for (const one of [words, pictures]) one.out ||= networksFolder
  })

  return { kind, form, note, busy, refusal, problemOf, planOfData, start }
})

function trimmed<Field extends string>(form: Record<Field, string>, name: string): Record<Field | 'name', string> {
  const texts = Object.fromEntries(Object.entries<string>(form).map(([field, text]) => [field, text.trim()])) as Record<Field | 'name', string>
  return { ...texts, name: texts.name || name }
}
