/**
 * Convert the checkpoint MTT_vgg of musicnn to models/musicnn-vgg/weights.safetensors. TensorFlow wrote it, so layouts and
 * names stay; what only training needs (Adam's moments) is left out. The engine folds batch norms when it builds the network.
 *
 *   pip download --no-deps musicnn==0.1.0 -d FOLDER
 *   node scripts/convertMusicnn.ts FOLDER/musicnn-0.1.0-py3-none-any.whl
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeSafetensors } from '../src-main/weights/safetensors.ts'
import { readTensorflowCheckpoint } from '../src-main/weights/tensorflowCheckpoint.ts'
import { readZipMember } from '../src-main/weights/zipMember.ts'

const input = process.argv[2]
if (!input) {
  console.error('Usage: node scripts/convertMusicnn.ts WHEEL [OUT.safetensors]')
  process.exit(2)
}
const output = process.argv[3] ?? path.resolve(import.meta.dirname, '../models/musicnn-vgg/weights.safetensors')

const wheel = readFileSync(input)
// The checkpoint has an empty base name, so its files begin with a dot.
const index = readZipMember(wheel, '/MTT_vgg/.index')
const data = readZipMember(wheel, '/MTT_vgg/.data-00000-of-00001')
const variables = [...readTensorflowCheckpoint(index, [data])]
const weights = writeSafetensors(new Map(variables.filter(([name]) => !ofTraining(name))), {
  network: 'musicnn, VGG-like, MagnaTagATune',
  source: 'PyPI musicnn 0.1.0, checkpoint MTT_vgg, float32 as it is',
  licence: 'ISC',
  sourceSha256: sha256(data),
})
mkdirSync(path.dirname(output), { recursive: true })
writeFileSync(output, weights)
console.log(`checkpoint  ${sha256(data)}  ${data.length} bytes`)
console.log(`weights     ${sha256(weights)}  ${weights.length} bytes`)

/** Adam's two moments of each variable and the powers of its two rates. */
function ofTraining(name: string): boolean {
  return /\/Adam(_1)?$|^beta[12]_power$/.test(name)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
