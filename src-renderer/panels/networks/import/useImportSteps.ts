import { computed, type ComputedRef } from 'vue'
import { useGraphImport } from '../../../stores/graphImport.ts'
import { useNetworkImport, type ImportStep } from '../../../stores/networkImport.ts'
import { useWeightsImport } from '../../../stores/weightsImport.ts'

export const stepTitles: Readonly<Record<ImportStep, string>> = {
  file: 'File',
  match: 'Weights',
  input: 'Input and labels',
  layers: 'Layers',
  try: 'Try it',
  save: 'Name and save',
  done: 'Done',
}

/** What leads on from the step that is shown. */
export interface WayOn {
  words: string
  /** What is missing, a sentence; null when nothing is. */
  unready: string | null
  busy: boolean
  /** Why the last attempt to go on failed. */
  problem: string | null
  go: () => unknown
}

export function useWayOn(leave: () => void): ComputedRef<WayOn> {
  const course = useNetworkImport()
  const weights = useWeightsImport()
  const graph = useGraphImport()
  const next = { words: 'Next', busy: false, problem: null, unready: null, go: () => course.move(1) }

  const ways: Record<ImportStep, () => WayOn> = {
    file: () => ({ ...next, busy: course.busy, unready: course.inspection ? null : 'Choose a file to go on.' }),
    match: () => ({ words: 'Import', busy: weights.saving, problem: weights.savingProblem, unready: weights.busy ? null : weights.unready, go: weights.save }),
    input: () => ({ ...next, busy: graph.describing, problem: graph.describingProblem, unready: graph.inputProblem, go: async () => void ((await graph.describe()) && course.move(1)) }),
    layers: () => ({ ...next, unready: graph.layersProblem }),
    try: () => next,
    save: () => ({ words: 'Save network', busy: graph.saving, problem: graph.savingProblem, unready: graph.saveProblem, go: graph.save }),
    done: () => ({ ...next, words: 'Make metamers with it', go: leave }),
  }
  return computed(() => ways[course.step]())
}
