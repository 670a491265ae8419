import { defineStore } from 'pinia'
import { computed, reactive, ref } from 'vue'
import { ProtocolError } from '../../src-main/domain/errors.ts'
import { checkTrainingPlan, type WordTrainingPlan } from '../../src-main/domain/training.ts'
import { wordTrainingDefaults } from '../../src-main/domain/trainingDefaults.ts'
import { readWordTraining, type WordTrainingField } from '../../src-main/domain/wordTrainingForm.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useMessages } from './messages.ts'
import { useTrainings } from './trainings.ts'

/** What is wrong with a field, to be read after its name; or with the whole, as a sentence. */
interface Problem {
  field: WordTrainingField | null
  problem: string
}

type Draft = { plan: WordTrainingPlan } | { problems: Problem[] }

/** The training of words that is about to be planned: texts, as the command line takes them. */
export const useWordTrainingDraft = defineStore('wordTrainingDraft', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const trainings = useTrainings()
  const { busy, problem: refusal, attempt, forget } = attemptInPlace()
  const form = reactive<Record<WordTrainingField, string>>({ ...wordTrainingDefaults, name: '', title: '', speech: '', backgrounds: '', words: '', cache: '', target: '', out: '' })
  const note = ref('')
  /** Whether it was asked for: before, what is missing is no mistake. */
  const asked = ref(false)

  const draft = computed<Draft>(() => read())
  const problems = computed(() => ('problems' in draft.value ? draft.value.problems.filter(({ problem }) => asked.value || problem !== 'is missing') : []))

  const problemOf = (field: WordTrainingField | null): string | null => problems.value.find((one) => one.field === field)?.problem ?? null

  /** @param name  stands in for the network's where that does not matter */
  function read(name = ''): Draft {
    const texts = Object.fromEntries(Object.entries(form).map(([field, text]) => [field, text.trim()])) as typeof form
    const understood = readWordTraining({ ...texts, name: texts.name || name, notes: note.value.trim() === '' ? [] : [note.value.trim()] })
    if (understood.plan === null) return { problems: understood.problems.map(({ field, message }) => ({ field: field as WordTrainingField, problem: message })) }
    try {
      checkTrainingPlan(understood.plan)
      return { plan: understood.plan }
    } catch (error) {
      if (error instanceof ProtocolError) return { problems: [{ field: null, problem: error.message }] }
      throw error
    }
  }

  /** @returns the plan; null where something is off, which is shown from then on */
  function plan(): WordTrainingPlan | null {
    asked.value = true
    return 'plan' in draft.value ? draft.value.plan : null
  }

  /** The same for a look at the data: the network needs no name yet. */
  function planOfData(): WordTrainingPlan | null {
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
    form.name = ''
    form.title = ''
    await trainings.refresh()
    trainings.selectedId = planned.id
    trainings.comparedIds = []
  }

  void messages.attempt('Asking where networks go', async () => {
    const { networksFolder } = await rpc.call('trainings.places', {})
    form.out ||= networksFolder
  })

  return { form, note, busy, refusal, problemOf, planOfData, start }
})
