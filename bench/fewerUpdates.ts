import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { protocolFrom, type Protocol } from '../src-main/domain/protocol.ts'
import { activationsAt } from '../src-main/engine/models/model.ts'
import { signalShape } from '../src-main/engine/synthesis/signalSpace.ts'
import { createSynthesis } from '../src-main/engine/synthesis/synthesiseMetamer.ts'
import { spearmanRho } from '../src-main/engine/validation/spearman.ts'
import { loadBackend } from '../src-main/worker/loadBackend.ts'
import { readOneStimulus } from '../src-main/worker/readStimulus.ts'
import { shippedModel } from './shippedModel.ts'

/**
 * How many updates, and how much processor time, L-BFGS needs to be as near as Adam: its loss no higher and its ρ no lower
 * than after all of Adam's updates. Both from the same noise. Usage: fewerUpdates.ts --layers A,B [--updates N] FILE...
 */
const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    network: { type: 'string', default: 'efficientnet-lite0' },
    layers: { type: 'string', default: 'stem,block4,head' },
    updates: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
  },
})

await loadBackend()
const model = shippedModel(options.network)
for (const layer of options.layers.split(',')) {
  for (const file of files) await compare(layer, file)
}

interface Near {
  updates: number
  /** Of processor time, and by the clock. */
  seconds: number
  clockSeconds: number
  loss: number
  rho: number
  /** Criterion 1: the network gives the metamer the reference's label. Criterion 2 compares `rho` with a null distribution. */
  sameLabel: boolean
}

async function compare(layer: string, file: string): Promise<void> {
  const { data } = await readOneStimulus({ fileName: path.basename(file), bytes: readFileSync(file) }, model.summary)
  const updates = Number(options.updates)
  const adam = run(layer, data, protocolFrom('2019 as code', { updates }), () => false)
  const lbfgs = run(layer, data, protocolFrom('fewer updates', { updates }), ({ loss, rho }) => loss <= adam.loss && rho >= adam.rho)
  process.stdout.write(JSON.stringify({ network: model.summary.name, layer, file: path.basename(file), adam, lbfgs, reached: lbfgs.loss <= adam.loss && lbfgs.rho >= adam.rho, updates: lbfgs.updates / adam.updates, time: lbfgs.seconds / adam.seconds }) + '\n')
}

/** Until `enough`, which is asked every ten updates (untimed), or to the protocol's end. */
function run(layer: string, reference: Float32Array, protocol: Protocol, enough: (now: Near) => boolean): Near {
  const synthesis = createSynthesis({ model, layer, protocol, reference, seed: Number(options.seed), resumeFrom: null })
  let [seconds, clockSeconds] = [0, 0]
  const now = (): Near => {
    const signal = synthesis.signal()
    return { updates: synthesis.update, seconds, clockSeconds, loss: synthesis.currentLoss(), rho: rhoOf(layer, signal, reference), sameLabel: labelOf(signal) === labelOf(reference) }
  }
  while (synthesis.update < protocol.updates) {
    const begun = performance.now()
    seconds += processorSeconds(() => synthesis.step())
    clockSeconds += (performance.now() - begun) / 1000
    if (synthesis.update % 10 === 0 && protocol.optimiser === 'l-bfgs' && enough(now())) break
  }
  const end = now()
  synthesis.dispose()
  return end
}

function rhoOf(layer: string, signal: Float32Array, reference: Float32Array): number {
  return spearmanRho(valuesAt(layer, signal), valuesAt(layer, reference))
}

function labelOf(signal: Float32Array): number {
  const logits = valuesAt(model.summary.stages.at(-1)!.name, signal)
  return logits.indexOf(Math.max(...logits))
}

function valuesAt(layer: string, signal: Float32Array): Float32Array {
  return tf.tidy(() => Float32Array.from(activationsAt(model, layer, tf.tensor(signal, signalShape(model.summary.input))).dataSync() as Float32Array))
}

/** User and system time of all threads: what other programs do at the same time matters less than to the clock. */
function processorSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
