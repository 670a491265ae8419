import { defineStore } from 'pinia'
import { computed } from 'vue'
import { workLeft } from '../../src-main/domain/workLeft.ts'
import { useNulls } from './nulls.ts'
import { useRuns } from './runs.ts'
import { useTrainings } from './trainings.ts'

/** What would stop if the project were left now. */
export const useWork = defineStore('work', () => {
  const [runs, trainings, nulls] = [useRuns(), useTrainings(), useNulls()]
  const words = computed(() => workLeft({ runs: runs.list, trainings: trainings.list, nulls: nulls.jobs }))
  return { words }
})
