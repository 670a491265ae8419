import { defineStore } from 'pinia'
import { computed, reactive, ref } from 'vue'
import { ProtocolError } from '../../src-main/domain/errors.ts'
import { checkTrainingPlan, type WordTrainingPlan } from '../../src-main/domain/training.ts'
import { wordTrainingDefaults } from '../../src-main/domain/trainingDefaults.ts'
import { FieldError } from '../../src-main/domain/trainingForm.ts'
import { wordTrainingPlanOf, type WordTrainingField } from '../../src-main/domain/wordTrainingForm.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useMessages } from './messages.ts'
import { useTrainings } from './trainings.ts'

type Draft = { plan: WordTrainingPlan } | { problem: string; field: string | null }

/** The training of words that is about to be planned: texts, as the command line takes them. */
export const useTrainingDraft = defineStore('trainingDraft', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const trainings = useTrainings()
  const { busy, problem: refusal, attempt, forget } = attemptInPlace()
  const form = reactive<Record<WordTrainingField, string>>({ ...wordTrainingDefaults, name: '', title: '', speech: '', backgrounds: '', words: '', cache: '', target: '', out: '' })
  const note = ref('')
  /** Whether it was asked for: before, what is missing is no mistake. */
  const asked = ref(false)

  const draft = computed<Draft>(() => read())
  const problem = computed(() => ('problem' in draft.value ? draft.value : null))
  const shownProblem = computed(() => (problem.value && (asked.value || problem.value.problem !== 'is missing') ? problem.value : null))

  /** @param name  stands in for the network's where that does not matter */
  function read(name = ''): Draft {
    try {
      const trimmed = Object.fromEntries(Object.entries(form).map(([field, text]) => [field, text.trim()])) as typeof form
      trimmed.name ||= name
      const plan = wordTrainingPlanOf({ ...trimmed, notes: note.value.trim() === '' ? [] : [note.value.trim()] })
      checkTrainingPlan(plan)
      return { plan }
    } catch (error) {
      if (error instanceof FieldError) return { problem: error.message, field: error.field }
      if (error instanceof ProtocolError) return { problem: error.message, field: null }
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

  return { form, note, busy, refusal, shownProblem, planOfData, start }
})
