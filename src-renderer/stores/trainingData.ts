import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { DataSurvey, SurveyProgress, TrainingExamples } from '../../src-main/domain/trainingRecords.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useTrainingDraft } from './trainingDraft.ts'

/** How many examples are made at once. */
export const examplesShown = 8

/** A look at the data of the training that is about to be planned, and some of its examples. */
export const useTrainingData = defineStore('trainingData', () => {
  const rpc = useRpc()
  const draft = useTrainingDraft()
  const surveying = attemptInPlace()
  const making = attemptInPlace()
  const survey = shallowRef<DataSurvey | null>(null)
  const progress = shallowRef<SurveyProgress | null>(null)
  const examples = shallowRef<TrainingExamples | null>(null)
  /** Number of the first that is shown. */
  const from = computed(() => examples.value?.examples[0]?.number ?? 0)

  async function look(): Promise<void> {
    const plan = draft.planOfData()
    if (!plan) return
    survey.value = null
    progress.value = null
    // Without an answer it was stopped.
    survey.value = (await surveying.attempt(() => rpc.call('trainings.survey', { plan }))) ?? null
  }

  const stopLooking = (): Promise<unknown> => rpc.call('trainings.stopSurvey', {})

  async function makeExamples(first: number): Promise<void> {
    const plan = draft.planOfData()
    if (!plan) return
    const made = await making.attempt(() => rpc.call('trainings.examples', { plan, from: first, count: examplesShown }))
    if (made) examples.value = made
  }

  watch(() => draft.kind, () => {
    if (surveying.busy.value) void stopLooking()
    for (const one of [surveying, making]) one.forget()
    survey.value = null
    examples.value = null
  })
  onScopeDispose(rpc.on('surveyProgress', (told) => void (progress.value = told)))
  return {
    survey, progress, examples, from, look, stopLooking, makeExamples,
    looking: surveying.busy, surveyProblem: surveying.problem, making: making.busy, exampleProblem: making.problem,
  }
})
