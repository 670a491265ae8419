import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { openWeights } from '../../../src-main/weights/openWeights.ts'
import { writeSafetensors } from '../../../src-main/weights/safetensors.ts'

const bytes = writeSafetensors(new Map([['w', { shape: [1], data: Float32Array.of(3) }]]))
const hash = createHash('sha256').update(bytes).digest('hex')

it('openWeights refuses a file whose checksum is not the card\'s', () => {
  expect(() => openWeights({ name: 'toy', weights: { hash: 'a'.repeat(64) } }, bytes)).toThrow(
    new ModelFileError(
      `The weights of network "toy" have SHA-256 ${hash.slice(0, 12)}…, but its card says aaaaaaaaaaaa…. ` +
        'The file is damaged or of another version: fetch it again, or use the card that belongs to it.',
    ),
  )
})

it('openWeights reads a file whose checksum is the card\'s', () => {
  expect(openWeights({ name: 'toy', weights: { hash } }, bytes).get('w')!.data[0]).toBe(3)
})
