import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { readHashed } from '../../../src-main/weights/weightSource.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

it.each([0, 5, 8 << 20, (17 << 20) + 3])('readHashed gives all of a file of %i bytes, its SHA-256, and its progress', async (size) => {
  const file = path.join(temporaryFolder(), 'weights')
  const content = Uint8Array.from({ length: size }, (_, i) => (i * 31) >> 3)
  writeFileSync(file, content)
  const told: number[] = []
  const { bytes, sha256 } = await readHashed(file, (done) => told.push(done))
  expect(Buffer.compare(bytes, content)).toBe(0)
  expect(sha256).toBe(createHash('sha256').update(content).digest('hex'))
  expect(told.at(-1) ?? 0).toBe(size)
  expect(told).toEqual([...told].sort((a, b) => a - b))
})
