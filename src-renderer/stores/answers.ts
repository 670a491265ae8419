import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import sixteen from '../../resources/labels/imagenet16.json' with { type: 'json' }
import { readAnswers } from '../../src-main/domain/answersText.ts'
import { errorToData } from '../../src-main/domain/errors.ts'
import type { StimulusKind } from '../../src-main/domain/network.ts'
import type { Results } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { attemptInPlace } from './attemptInPlace.ts'
import { useNetworks } from './networks.ts'
import { onProjectChange } from './onProjectChange.ts'
import { useReferences } from './references.ts'
import { useStored } from './useStored.ts'

/** The true classes of the references, as far as they are given. */
export const useAnswers = defineStore('answers', () => {
  const rpc = useRpc()
  const networks = useNetworks()
  const references = useReferences()
  const { value: stored, refresh } = useStored<Results['answers.list']>('recognitions', () => [], (r) => r.call('answers.list', {}))
  const byReference = computed(() => new Map(stored.value.map(({ referenceId, answer }) => [referenceId, answer])))
  /** What was typed and refused, and why; by reference, until something right is given. */
  const refused = shallowReactive(new Map<number, { answer: string; problem: string }>())
  const { busy, problem, attempt, forget } = attemptInPlace()
  onProjectChange(leave)

  /** What can be given for stimuli of a kind: the labels of all networks that take such, and for pictures the 16 categories. */
  const labels = computed<Record<StimulusKind, string[]>>(() => ({ image: labelsFor('image', sixteen.category_order), audio: labelsFor('audio', []) }))

  function labelsFor(kind: StimulusKind, besides: string[]): string[] {
    const own = networks.list.filter((network) => network.kind === kind && network.head !== 'ctc')
    return [...new Set([...besides, ...own.flatMap((network) => network.labels)])]
  }

  /** Keep what was typed; nothing typed forgets what was given. */
  async function give(referenceId: number, text: string): Promise<void> {
    const answer = text.trim()
    try {
      await rpc.call('answers.set', { answers: [{ referenceId, answer: answer || null }] })
      refused.delete(referenceId)
    } catch (error) {
      refused.set(referenceId, { answer: text, problem: errorToData(error).message })
    }
    await refresh()
  }

  /** Keep what a file lists, as the command line takes it: all of it or nothing. @returns how many classes were given */
  async function readFile(file: File): Promise<number | undefined> {
    return attempt(async () => {
      const answers = readAnswers(await file.text(), file.name, references.list)
      await rpc.call('answers.set', { answers })
      for (const { referenceId } of answers) refused.delete(referenceId)
      await refresh()
      return answers.length
    })
  }

  /** Take back what was refused: it was not kept. */
  function leave(): void {
    refused.clear()
    forget()
  }

  return { byReference, refused, busy, problem, labels, give, readFile, leave }
})
