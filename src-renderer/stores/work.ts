import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { RunState } from '../../src-main/domain/run.ts'
import { counted } from '../design/format.ts'
import { useNulls } from './nulls.ts'
import { useRuns } from './runs.ts'
import { useTrainings } from './trainings.ts'

const goingOn: readonly RunState[] = ['planned', 'running']

/** What would stop if the project were left now. */
export const useWork = defineStore('work', () => {
  const [runs, trainings, nulls] = [useRuns(), useTrainings(), useNulls()]
  const runsLeft = computed(() => runs.list.filter(({ state }) => goingOn.includes(state)).length)
  const trainingsLeft = computed(() => trainings.list.filter(({ state }) => goingOn.includes(state)).length)
  const nullsLeft = computed(() => nulls.jobs.filter(({ state }) => state === 'running').length)

  /** What is paused, to go on later, and what is lost; null when nothing is at work. */
  const words = computed(() => {
    const paused = [...(runsLeft.value > 0 ? [counted(runsLeft.value, 'run')] : []), ...(trainingsLeft.value > 0 ? [counted(trainingsLeft.value, 'training')] : [])]
    const pausing = paused.length === 0 ? [] : [`${paused.join(' and ')} at work or waiting: paused, to be resumed when this project is open again.`]
    const stopping = nullsLeft.value === 0 ? [] : [`${counted(nullsLeft.value, 'null distribution')} being made: stopped.`]
    return [...pausing, ...stopping].join(' ') || null
  })
  return { words }
})
