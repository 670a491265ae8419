import { defineStore } from 'pinia'
import { nextTick, shallowReactive, watch } from 'vue'
import type { StimulusKind } from '../../src-main/domain/network.ts'
import type { CochleagramPicture } from '../../src-main/domain/stimulus.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useProject } from './project.ts'

/** A picture's address, or the cochleagram of a sound; 'none' when there is nothing to show. */
export type Thumbnail = { kind: 'image'; url: string } | { kind: 'audio'; cochleagram: CochleagramPicture } | { kind: 'none' }

/** Small pictures of references and finished runs, asked for once, when they come into view. */
export const useThumbnails = defineStore('thumbnails', () => {
  const rpc = useRpc()
  const project = useProject()
  const known = shallowReactive(new Map<string, Thumbnail>())
  let asked = new Set<string>()

  // At once: an id of the last project must not be asked of another, nor its picture be shown there.
  watch(() => project.present, clear, { flush: 'sync' })

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
    if (project.present === undefined) return null
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
    else revoke([thumbnail])
  }

  function clear(): void {
    const gone = [...known.values()]
    known.clear()
    asked = new Set()
    // Not while they are still shown.
    void nextTick(() => revoke(gone))
  }

  return { ofReference, ofRun }
})

function revoke(thumbnails: readonly Thumbnail[]): void {
  for (const thumbnail of thumbnails) if (thumbnail.kind === 'image') URL.revokeObjectURL(thumbnail.url)
}

function picture(bytes: Uint8Array): Thumbnail {
  return { kind: 'image', url: URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>])) }
}
