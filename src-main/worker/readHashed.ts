import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const pieceBytes = 8 << 20

/**
 * Read a file and take its SHA-256 on the way: each piece is hashed while the next one is read.
 *
 * @param told  called after each piece
 */
export async function readHashed(
  file: string,
  told: (doneBytes: number, totalBytes: number) => void = () => undefined,
): Promise<{ bytes: Uint8Array; hash: string }> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const bytes = new Uint8Array(size)
    const hash = createHash('sha256')
    const read = async (start: number): Promise<number> =>
      start >= size ? 0 : (await handle.read(bytes, start, Math.min(pieceBytes, size - start), start)).bytesRead
    let length = await read(0)
    for (let start = 0; start < size; ) {
      if (length === 0) throw new Error(`${file} became shorter while it was read`)
      const next = read(start + length)
      hash.update(bytes.subarray(start, start + length))
      start += length
      told(start, size)
      length = await next
    }
    return { bytes, hash: hash.digest('hex') }
  } finally {
    await handle.close()
  }
}
