import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ReferenceSummary } from '../../src-main/domain/stimulus.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'
import { onProjectChange } from './onProjectChange.ts'

/** What is done to a reference on its way into a network: crop, size, rate, length. Asked for once for each pair. */
export const useReferenceNotices = defineStore('referenceNotices', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const told = shallowReactive(new Map<string, string[]>())
  let asked = new Set<string>()

  onProjectChange(() => {
    told.clear()
    asked = new Set()
  })

  /** @returns what is known by now: first what decoding the file did, then also what the network's input asks for */
  function of(reference: ReferenceSummary, network: string): string[] {
    const key = `${reference.id} ${network}`
    if (!asked.has(key)) void ask(key, reference, network)
    return [...new Set([...reference.notices, ...(told.get(key) ?? [])])]
  }

  async function ask(key: string, { id, fileName }: ReferenceSummary, network: string): Promise<void> {
    const round = asked
    round.add(key)
    const answer = await messages.attempt(`Preparing ${fileName} for ${network}`, () => rpc.call('references.notices', { id, network }))
    // After another project was opened, the same id means another stimulus.
    if (answer && asked === round) told.set(key, answer.notices)
  }

  return { of }
})
