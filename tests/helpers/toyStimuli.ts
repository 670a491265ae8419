import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createRandom } from '../../src-main/engine/support/random.ts'
import { encodePng } from '../../src-main/media/encodePng.ts'

/** A picture of 4 x 4 random pixels as PNG: what the toy network takes. */
export function toyPng(seed: number): Uint8Array {
  const random = createRandom(seed, 'toy picture')
  const data = Uint8Array.from({ length: 48 }, () => random.integer(256))
  return encodePng({ kind: 'image', height: 4, width: 4, data }, {})
}

/** A folder of such pictures, and a file beside them that is none. */
export function toyPool(folder: string, count: number): string {
  mkdirSync(folder)
  for (let i = 0; i < count; i++) writeFileSync(path.join(folder, `picture${i}.png`), toyPng(100 + i))
  writeFileSync(path.join(folder, 'README.md'), 'Not a stimulus.')
  return folder
}
