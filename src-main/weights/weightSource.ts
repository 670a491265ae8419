import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { ModelFileError } from '../domain/errors.ts'

/** Where a weight file and the files beside it come from. */
export interface WeightSource {
  /** Name of the main file, without its folder. */
  fileName: string
  /** A file's bytes, from the same folder. @throws ModelFileError when it is not there or `name` leads elsewhere */
  read(name: string): Promise<Uint8Array>
}

/** @throws ModelFileError when a name that a file states is more than a name, so that it could lead to another folder */
export function checkPlainName(name: unknown): string {
  if (typeof name === 'string' && name !== '' && name.length <= 255 && !/[/\\:\0]/.test(name) && name !== '.' && name !== '..') return name
  throw new ModelFileError(`The weight file names the file "${String(name).slice(0, 200)}", which is no plain name of a file beside it. Do not trust this file.`)
}

/** Files of one folder; each is read once and hashed while it is read. */
export interface FolderSource extends WeightSource {
  /** SHA-256 of each file that was read, by name. */
  hashes: ReadonlyMap<string, string>
  /** Of all files that were read. */
  byteLength(): number
  /** The same as `read`, at once: for the parts of a network that its main file names while it is taken apart. */
  readAtOnce(name: string): Uint8Array
}

/** Called as a file is read. */
export type ToldBytes = (doneBytes: number, totalBytes: number) => void

export function folderSource(file: string, told?: ToldBytes): FolderSource {
  const hashes = new Map<string, string>()
  let byteLength = 0
  return {
    fileName: path.basename(file),
    hashes,
    byteLength: () => byteLength,
    async read(name) {
      const { bytes, sha256 } = await readHashed(path.join(path.dirname(file), checkPlainName(name)), told)
      hashes.set(name, sha256)
      byteLength += bytes.length
      return bytes
    },
    readAtOnce(name) {
      const bytes = fileAtOnce(path.join(path.dirname(file), checkPlainName(name)))
      hashes.set(name, createHash('sha256').update(bytes).digest('hex'))
      byteLength += bytes.length
      return bytes
    },
  }
}

function fileAtOnce(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new ModelFileError(`The file "${path.basename(file)}", in which the network keeps weights, cannot be opened. Copy all files of the network into one folder and try again.`, { cause })
  }
}

const pieceBytes = 16 * 2 ** 20

/**
 * Read a file into one buffer and compute its SHA-256 on the way: one piece is hashed while the next one is read.
 *
 * @param told  called after each piece
 * @throws ModelFileError when it is not there, is no ordinary file, or is cut short meanwhile
 */
export async function readHashed(file: string, told: ToldBytes = () => undefined): Promise<{ bytes: Uint8Array; sha256: string }> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new ModelFileError(`The weight file "${path.basename(file)}" cannot be opened. Copy all files of the network into one folder and try again.`, { cause })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new ModelFileError(`"${path.basename(file)}" is no ordinary file. Choose a weight file.`)
    const bytes = Buffer.allocUnsafeSlow(stat.size)
    const hash = createHash('sha256')
    let read = handle.read(bytes, 0, Math.min(pieceBytes, bytes.length), 0)
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await read
      if (bytesRead === 0) throw new ModelFileError(`The weight file "${path.basename(file)}" became shorter while it was read. Try again.`)
      const next = at + bytesRead
      if (next < bytes.length) read = handle.read(bytes, next, Math.min(pieceBytes, bytes.length - next), next)
      hash.update(bytes.subarray(at, next))
      at = next
      told(at, bytes.length)
    }
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await handle.close()
  }
}
