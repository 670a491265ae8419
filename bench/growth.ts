import { protocolFrom } from '../src-main/domain/protocol.ts'
import type { Model } from '../src-main/engine/models/model.ts'
import { noiseStimulus } from '../src-main/engine/support/noiseStimulus.ts'
import { stepTogether } from '../src-main/engine/synthesis/stepTogether.ts'
import { createSynthesis } from '../src-main/engine/synthesis/synthesiseMetamer.ts'
import { loadBackend } from '../src-main/worker/loadBackend.ts'
import { shippedModel } from './shippedModel.ts'

/**
 * How the cost of an update grows with the picture's size, with the runs made together, and with the layer's depth: three tables in
 * Markdown. Usage: growth.ts
 */
const rounds = 15

await loadBackend()
const lite = shippedModel('efficientnet-lite0')
const vgg = shippedModel('vgg-19')
write('pixels a side', [112, 160, 224, 320, 448], (side) => [
  ['efficientnet-lite0, block4', milliseconds(ofSide(lite, side), 'block4', 1)],
  ['vgg-19, conv3_4', milliseconds(ofSide(vgg, side), 'conv3_4', 1)],
])
write('runs together', [1, 2, 4, 8, 16], (runs) => [
  ['efficientnet-lite0, block4: ms per run', milliseconds(lite, 'block4', runs) / runs],
  ['vgg-19, conv3_4: ms per run', milliseconds(vgg, 'conv3_4', runs) / runs],
])
for (const network of [lite, vgg]) {
  const layers = network.summary.stages.filter(({ metamerLayer }) => metamerLayer).map(({ name }) => name)
  write(`layer of ${network.summary.name}`, layers, (layer) => [['ms', milliseconds(network, layer, 1)]])
}

/** The same network for larger or smaller pictures; its stages take any. */
function ofSide(network: Model, side: number): Model {
  const { input } = network.summary
  if (input.kind !== 'image') throw new Error(`"${network.summary.name}" does not see`)
  return { ...network, summary: { ...network.summary, input: { ...input, height: side, width: side } } }
}

/** Median of an update of so many runs together. */
function milliseconds(network: Model, layer: string, runs: number): number {
  const reference = noiseStimulus(network.summary.input)
  const made = Array.from({ length: runs }, (_, i) =>
    createSynthesis({ model: network, layer, protocol: protocolFrom('2019 as code'), reference, seed: i + 1, resumeFrom: null }),
  )
  const times = Array.from({ length: rounds + 5 }, () => {
    const start = performance.now()
    for (const outcome of stepTogether(made)) if ('error' in outcome) throw outcome.error
    return performance.now() - start
  })
  for (const synthesis of made) synthesis.dispose()
  return times.slice(5).toSorted((a, b) => a - b)[rounds >> 1]!
}

function write<T>(what: string, values: readonly T[], measure: (value: T) => Array<[string, number]>): void {
  const rows = values.map((value) => ({ value, figures: measure(value) }))
  const heads = [what, ...rows[0]!.figures.map(([name]) => name)]
  const lines = [heads, heads.map(() => '---'), ...rows.map(({ value, figures }) => [String(value), ...figures.map(([, ms]) => ms.toFixed(1))])]
  process.stdout.write(lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('') + '\n')
}
