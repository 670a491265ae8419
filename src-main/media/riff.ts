import { ascii, concat, fourCharacters, view } from './bytes.ts'

/** A RIFF file's chunks: the frame that WAV samples and their comments lie in. */

export interface RiffChunk {
  id: string
  /** Length that the chunk's header promises, in bytes. */
  declared: number
  /** What the file holds of it; shorter than `declared` when the file is cut short. */
  body: Uint8Array
}

/** Size field of a chunk whose true length stands in ds64 (RF64), or was not known to its writer. */
const sizeElsewhere = 0xffff_ffff

/**
 * List the chunks of a RIFF or RF64 file, in order.
 * A data chunk without stated length reaches to the end of the file; `declared` is then Infinity.
 */
export function riffChunks(bytes: Uint8Array): RiffChunk[] {
  const chunks: RiffChunk[] = []
  let dataLength = Infinity
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = fourCharacters(bytes, at)
    const stated = view(bytes).getUint32(at + 4, true)
    const declared = stated === sizeElsewhere && id === 'data' ? dataLength : stated
    const body = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + declared))
    if (id === 'ds64' && body.length >= 16) dataLength = Number(view(body).getBigUint64(8, true))
    chunks.push({ id, declared, body })
    // Chunks start at even places: one byte of padding follows an odd length.
    at += 8 + declared + (declared % 2)
  }
  return chunks
}

/** Join chunks to a RIFF file of the given form, e.g. "WAVE". */
export function writeRiff(form: string, chunks: ReadonlyArray<readonly [id: string, body: Uint8Array]>): Uint8Array {
  const parts = chunks.map(([id, body]) => riffChunk(id, body))
  return riffChunk('RIFF', concat([ascii(form), ...parts]))
}

/** One chunk with its header and, after an odd length, its byte of padding. */
export function riffChunk(id: string, body: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(8 + body.length + (body.length % 2))
  chunk.set(ascii(id))
  view(chunk).setUint32(4, body.length, true)
  chunk.set(body, 8)
  return chunk
}
