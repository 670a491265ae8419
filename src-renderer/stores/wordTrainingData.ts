import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { DataSurvey, SurveyProgress, WordExample } from '../../src-main/domain/trainingRecords.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useWordTrainingDraft } from './wordTrainingDraft.ts'

/** How many examples are made at once. */
export const examplesShown = 8

/** A look at the data of the training that is about to be planned, and some of its examples. */
export const useWordTrainingData = defineStore('wordTrainingData', () => {
  const rpc = useRpc()
  const draft = useWordTrainingDraft()
  const surveying = attemptInPlace()
  const listening = attemptInPlace()
  const survey = shallowRef<DataSurvey | null>(null)
  const progress = shallowRef<SurveyProgress | null>(null)
  const examples = shallowRef<readonly WordExample[]>([])
  const from = ref(0)

  async function look(): Promise<void> {
    const plan = draft.planOfData()
    if (!plan) return
    survey.value = null
    progress.value = null
    // Without an answer it was stopped.
    survey.value = (await surveying.attempt(() => rpc.call('trainings.survey', { data: plan.data }))) ?? null
  }

  const stopLooking = (): Promise<unknown> => rpc.call('trainings.stopSurvey', {})

  async function listen(first: number): Promise<void> {
    const plan = draft.planOfData()
    if (!plan) return
    const made = await listening.attempt(() => rpc.call('trainings.examples', { plan, from: first, count: examplesShown }))
    if (!made) return
    from.value = first
    examples.value = made
  }

  onScopeDispose(rpc.on('surveyProgress', (told) => void (progress.value = told)))
  return {
    survey, progress, examples, from, look, stopLooking, listen,
    looking: surveying.busy, surveyProblem: surveying.problem, listening: listening.busy, listenProblem: listening.problem,
  }
})
