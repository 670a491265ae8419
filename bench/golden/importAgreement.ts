/**
 * Import weights as other programs write them and compare what our networks then compute with what those programs did.
 *
 *   node bench/golden/importAgreement.ts FOLDER      (of bench/golden/foreignNetworks.py)
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { buildNetwork } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { conventionsOf } from '../../src-main/engine/models/importing/conventions.ts'
import { convertWeights } from '../../src-main/engine/models/importing/convertWeights.ts'
import { importedCard } from '../../src-main/engine/models/importing/importedCard.ts'
import { matchWeights } from '../../src-main/engine/models/importing/matchWeights.ts'
import { activationsAt } from '../../src-main/engine/models/model.ts'
import { readSafetensors } from '../../src-main/weights/safetensors.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'

const networks = { vgg: 'vgg-19', inception: 'inception-v3', resnet: 'resnet-101-v2' }
const folder = process.argv[2]
if (!folder) {
  console.error('Usage: node bench/golden/importAgreement.ts FOLDER')
  process.exit(2)
}
const { backend } = await loadBackend()
console.log(`Engine: ${backend}. Logits compared:`)
for (const name of readdirSync(folder).filter((file) => file.endsWith('.answer.safetensors')).sort()) compare(name.replace('.answer.safetensors', ''))

function compare(name: string): void {
  const network = Object.entries(networks).find(([word]) => name.includes(word))![1]
  const { architecture } = findNetwork(network)
  const arrays = read(name)
  const plan = matchWeights(findNetwork(network), conventionsOf(network), [...arrays].map(([array, { shape }]) => ({ name: array, shape })))
  const hash = '0'.repeat(64)
  const card = importedCard(plan, { name, source: '', licence: '', file: 'none', hash, sourceFile: { name, hash } })
  const weights = new Map(convertWeights(plan, arrays).map(({ name: weight, shape, values }) => [weight, { shape, data: values() }]))
  const model = buildNetwork({ card, architecture }, { weights })
  const answer = read(`${name}.answer`)
  const { shape, data } = answer.get('picture')!
  const ours = tf.tidy(() => activationsAt(model, model.summary.stages.at(-1)!.name, tf.tensor(data, shape)).dataSync() as Float32Array)
  model.dispose()
  const theirs = answer.get('logits')!.data
  const [difference, size] = [norm(ours.map((value, i) => value - theirs[i]!)), norm(theirs)]
  console.log(`${name.padEnd(28)} ${plan.match.convention.padEnd(20)} ${ours.length} outputs  relative L2 error ${(difference / size).toExponential(1)}`)
}

function read(name: string) {
  return readSafetensors(readFileSync(path.join(folder!, `${name}.safetensors`)))
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}
