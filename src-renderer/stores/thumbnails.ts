import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { StimulusKind } from '../../src-main/domain/network.ts'
import type { CochleagramPicture } from '../../src-main/domain/stimulus.ts'
import { useRpc } from '../composables/useRpc.ts'
import { onProjectChange } from './onProjectChange.ts'

/** A picture's address, or the cochleagram of a sound; 'none' when there is nothing to show. */
export type Thumbnail = { kind: 'image'; url: string } | { kind: 'audio'; cochleagram: CochleagramPicture } | { kind: 'none' }

/** Small pictures of references and finished runs, asked for once, when they come into view. */
export const useThumbnails = defineStore('thumbnails', () => {
  const rpc = useRpc()
  const known = shallowReactive(new Map<string, Thumbnail>())
  let asked = new Set<string>()

  onProjectChange(clear)

  function ofReference(id: number, kind: StimulusKind): Thumbnail | null {
    return get(`reference ${id}`, async () =>
      kind === 'image'
        ? picture((await rpc.call('references.file', { id })).bytes)
        : { kind: 'audio', cochleagram: await rpc.call('references.cochleagram', { id }) },
    )
  }

  function ofRun(id: number, kind: StimulusKind): Thumbnail | null {
    return get(`run ${id}`, async () => {
      if (kind === 'image') return picture((await rpc.call('runs.signal', { id, which: 'metamer' })).bytes)
      const pair = await rpc.call('runs.cochleagrams', { id })
      return pair ? { kind: 'audio', cochleagram: pair.metamer } : { kind: 'none' }
    })
  }

  function get(key: string, load: () => Promise<Thumbnail>): Thumbnail | null {
    if (!asked.has(key)) void fetchInto(key, load)
    return known.get(key) ?? null
  }

  async function fetchInto(key: string, load: () => Promise<Thumbnail>): Promise<void> {
    const round = asked
    round.add(key)
    // A thumbnail that cannot be had is a blank, not a message: the run itself still tells what is wrong.
    const thumbnail = await load().catch((): Thumbnail => ({ kind: 'none' }))
    // After another project was opened, the same id means another stimulus.
    if (asked === round) known.set(key, thumbnail)
  }

  function clear(): void {
    for (const thumbnail of known.values()) if (thumbnail.kind === 'image') URL.revokeObjectURL(thumbnail.url)
    known.clear()
    asked = new Set()
  }

  return { ofReference, ofRun, clear }
})

function picture(bytes: Uint8Array): Thumbnail {
  return { kind: 'image', url: URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>])) }
}
