/**
 * Compare pairs of a null distribution with scipy's spearmanr: what the program makes of their ranks in blocks, against the activations themselves.
 *
 *   node bench/golden/nullAgreement.ts NETWORK POOL none|crops PAIRS CHECKED FOLDER     (then bench/golden/nullAgreement.py FOLDER)
 *
 * CHECKED of the PAIRS, evenly spaced. FOLDER takes the activations and what the program made of them: some GB.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { augmentations, type Augmentation } from '../../src-main/domain/nullDistribution.ts'
import { readPool } from '../../src-main/host/poolFolder.ts'
import { activationsOfAllStages } from '../../src-main/engine/models/model.ts'
import { tidyNumbers } from '../../src-main/engine/support/tidyNumbers.ts'
import { choosePairs } from '../../src-main/engine/validation/choosePairs.ts'
import { unitRanks } from '../../src-main/engine/validation/unitRanks.ts'
import { correlatePool } from '../../src-main/worker/correlatePairs.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { poolFor } from '../../src-main/worker/nullPool.ts'
import { readDraw } from '../../src-main/worker/readDraw.ts'
import { shippedModel } from '../shippedModel.ts'

const [network, pool, augmentation, pairs, checked, folder] = process.argv.slice(2)
if (!folder || !augmentations.includes(augmentation as Augmentation)) {
  console.error('Usage: node bench/golden/nullAgreement.ts NETWORK POOL none|crops PAIRS CHECKED FOLDER')
  process.exit(2)
}
const choice = { seed: 1, mode: 'pool', augmentation: augmentation as Augmentation } as const
const { backend } = await loadBackend()
const model = shippedModel(network!)
const { stimuli } = poolFor(model.summary.kind, pool!, await readPool(pool!))
const members = someOf(choosePairs(stimuli.length, 0, Number(pairs), choice), Number(checked))
const layers = model.summary.stages.flatMap(({ name, shape, metamerLayer }, stage) => (metamerLayer ? [{ name, stage, size: shape.reduce((a, b) => a * b, 1) }] : []))
mkdirSync(folder, { recursive: true })
const files = layers.map(({ name }) => openSync(path.join(folder, `${name}.f32`), 'w'))
const rhos = await correlatePool({ layers, pairs: members, memoryBytes: 4 * 2 ** 30, folder: path.join(folder, 'ranks'), ranksOf, report: () => true })
files.forEach((file) => closeSync(file))
const draws = [...new Set(members)].sort((a, b) => a - b)
writeFileSync(path.join(folder, 'pairs.json'), JSON.stringify({
  network, backend, layers, rows: Array.from(members, (draw) => draws.indexOf(draw)), rhos: rhos!.map((values) => Array.from(values, (rho) => (Number.isNaN(rho) ? null : rho))),
}))
console.log(`${members.length / 2} of ${pairs} pairs, ${draws.length} draws of ${stimuli.length} stimuli, ${layers.length} layers.`)

function someOf(all: Int32Array, count: number): Int32Array {
  const total = all.length / 2
  return Int32Array.from({ length: 2 * count }, (_, i) => all[2 * Math.floor(((i >> 1) * total) / count) + (i & 1)]!)
}

/** The store asks for the draws in order: their activations are written in the order of its rows. */
async function ranksOf(number: number): Promise<Float32Array[]> {
  const { shape, data } = await readDraw(stimuli[number % stimuli.length]!, model.summary, { number, ...choice })
  const all = tidyNumbers(() => activationsOfAllStages(model, tf.tensor(data, shape)))
  return layers.map(({ stage }, layer) => {
    writeSync(files[layer]!, new Uint8Array(all[stage]!.buffer, all[stage]!.byteOffset, all[stage]!.byteLength))
    return unitRanks(all[stage]!)!
  })
}
