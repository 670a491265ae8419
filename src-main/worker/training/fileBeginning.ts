import { open } from 'node:fs/promises'
import { MediaError } from '../../domain/errors.ts'

/** The first bytes of a file, and how many it has. @param noun  in messages, e.g. "picture" */
export async function beginningOf(file: string, length: number, noun: string): Promise<{ bytes: Uint8Array; size: number }> {
  try {
    const opened = await open(file)
    try {
      const { buffer, bytesRead } = await opened.read(new Uint8Array(length), 0, length, 0)
      return { bytes: buffer.subarray(0, bytesRead), size: (await opened.stat()).size }
    } finally {
      await opened.close()
    }
  } catch (cause) {
    throw new MediaError(`The ${noun} "${file}" cannot be read. Check that it is there and that you may read it.`, { cause })
  }
}
