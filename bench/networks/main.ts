import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findNetwork, networkSummaries } from '../../src-main/engine/models/catalogue.ts'
import { createCochleagramFrontEnd } from '../../src-main/engine/frontends/cochleagram.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { listWeights } from '../../src-main/engine/models/importing/listWeights.ts'
import { sizeOf } from '../../src-main/engine/models/importing/namedShape.ts'
import { buildGoldenNetwork } from '../../tests/helpers/goldenNetwork.ts'
import { buildEfficientNet } from '../../tests/helpers/efficientNet.ts'
import { errorsOf, type NetworkErrors } from './errors.ts'
import { goldenFiles, goldenStimulusOf, readGolden, type GoldenFile } from './goldenFiles.ts'
import type { Measurement } from '../report.ts'
import { networkTable, type LayerRow } from './table.ts'

/**
 * Make docs/networks.md: of every network and metamer layer the shape, the error against an independent implementation, and time and
 * memory of an update. Each time is taken in a process of its own.
 *
 *   node bench/networks/main.ts [--networks PATTERN] [--steps 5] [--out docs/networks.md]
 */
const { values: options } = parseArgs({
  options: { networks: { type: 'string', default: '' }, steps: { type: 'string', default: '5' }, out: { type: 'string', default: 'docs/networks.md' } },
})
const engine = await loadBackend()
const chosen = networkSummaries().filter(({ name, weights }) => weights.state !== 'needed' && new RegExp(options.networks).test(name))
const sections = chosen.map((network) => {
  const golden = goldenFiles.find((file) => file.network === network.name)
  const errors = golden ? errorsWith(golden) : null
  const rows = network.stages.filter((stage) => stage.metamerLayer).map((stage): LayerRow => {
    process.stderr.write(`${network.name} ${stage.name}\n`)
    return { layer: stage.name, shape: stage.shape, error: errors?.stages[stage.name] ?? null, gradientError: errors?.gradients[stage.name] ?? null, ...timed(network.name, stage.name) }
  })
  const parameters = listWeights(findNetwork(network.name)).reduce((sum, weight) => sum + sizeOf(weight), 0)
  return { network, parameters, madeWith: golden?.madeWith ?? null, rows }
})
const machine = `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores; TensorFlow ${engine.tensorflowVersion ?? 'none'}, ${engine.threads} threads`
writeFileSync(options.out, networkTable(sections, machine, Number(options.steps)))

function errorsWith(file: GoldenFile): NetworkErrors {
  const { network, exactCochleagram } = file
  const frontEnd = exactCochleagram ? createCochleagramFrontEnd({ filters: 50, method: 'exact' }) : undefined
  const model = findNetwork(network).card.weights.state === 'trained' ? buildEfficientNet(network) : buildGoldenNetwork(network, frontEnd)
  try {
    return errorsOf(model, readGolden(file), goldenStimulusOf(file))
  } finally {
    model.dispose()
    frontEnd?.dispose()
  }
}

function timed(network: string, layer: string): { ms: number; peakMb: number } {
  const child = spawnSync(process.execPath, [path.join(import.meta.dirname, '../ours.ts'), `synthesis/${network}/${layer}/b1`, options.steps], { encoding: 'utf8' })
  const line = child.stdout.split('\n').find((text) => text.startsWith('{'))
  if (child.status !== 0 || !line) throw new Error(`${network} at ${layer} failed:\n${child.stderr}`)
  const { median, peakMb } = JSON.parse(line) as Measurement
  return { ms: median, peakMb }
}
