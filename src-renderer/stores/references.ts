import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { ReferenceSummary } from '../../src-main/domain/stimulus.ts'
import { inTurn } from '../composables/inTurn.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useStored } from './useStored.ts'
import { useMessages } from './messages.ts'

/** The natural pictures and sounds of the project. */
export const useReferences = defineStore('references', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const { value: list, loaded, refresh } = useStored<ReferenceSummary[]>('references', () => [], (r) => r.call('references.list', {}))
  const byId = computed(() => new Map(list.value.map((r) => [r.id, r])))

  /** What is asked for first stands first in the project, however long each takes to read. */
  const waiting = inTurn()
  const addFiles = (files: Iterable<File>): Promise<ReferenceSummary[]> => waiting(() => addEach([...files]))
  const addSample = (name: string): Promise<ReferenceSummary[]> => waiting(() => addOne(name))

  /** One file that cannot be used does not keep back the others. */
  async function addEach(files: File[]): Promise<ReferenceSummary[]> {
    const added: ReferenceSummary[] = []
    for (const file of files) {
      const reference = await messages.attempt(`Adding ${file.name}`, async () =>
        rpc.call('references.add', { fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }),
      )
      if (reference) added.push(reference)
    }
    await refresh()
    return added
  }

  /** @returns the reference; nothing when it was refused */
  async function addOne(name: string): Promise<ReferenceSummary[]> {
    const reference = await messages.attempt(`Adding the sample ${name}`, () => rpc.call('samples.add', { name }))
    await refresh()
    return reference ? [reference] : []
  }

  return { list, byId, loaded, addFiles, addSample, refresh }
})
