import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useGraphImport } from './graphImport.ts'
import { readLabels } from '../../src-main/domain/labelList.ts'

export type LabelSource = 'none' | 'imagenet-1000' | 'words-794' | 'magnatagatune-50' | 'english-text-29' | 'own'

/** The labels of a network that is being imported: none, a list of the program's, or a list of its own as text. */
export const useOwnLabels = defineStore('ownLabels', () => {
  const graph = useGraphImport()
  const text = ref('')
  const problem = ref<string | null>(null)

  const source = computed<LabelSource>({
    get: () => (Array.isArray(graph.form?.labels) ? 'own' : (graph.form?.labels ?? 'none')),
    set: (chosen) => {
      if (!graph.form) return
      if (chosen === 'own') read(text.value)
      else graph.form.labels = chosen === 'none' ? null : chosen
    },
  })

  // The file may bring a list of its own.
  watch(
    () => graph.begun,
    () => {
      text.value = Array.isArray(graph.form?.labels) ? graph.form.labels.join('\n') : ''
      problem.value = null
    },
    { immediate: true },
  )

  /** Take a list as it was typed, pasted or read from a file. */
  function read(given: string): void {
    text.value = given
    problem.value = null
    if (!graph.form) return
    try {
      graph.form.labels = readLabels(given)
    } catch (error) {
      graph.form.labels = []
      problem.value = (error as Error).message
    }
  }

  return { text, problem, source, read }
})
