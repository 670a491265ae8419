import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { NumericalError, ProtocolError } from '../../domain/errors.ts'
import type { NetworkSummary } from '../../domain/network.ts'
import { distinctPairs, type NullIdentity } from '../../domain/nullDistribution.ts'
import type { NullResult, StimulusFile, StoredNullValues, WorkerRequests } from '../../domain/workerMessages.ts'
import { activationsOfAllStages, type Model } from '../../engine/models/model.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import { choosePairs } from '../../engine/validation/choosePairs.ts'
import { mergeTallies, nullQuantiles, tallyNull, type NullTally } from '../../domain/nullTally.ts'
import { unitRanks } from '../../engine/validation/unitRanks.ts'
import type { WorkerContext } from '../context.ts'
import { correlateIndependent, correlatePool, type PairWork } from '../correlatePairs.ts'
import { networkOf } from '../networkOf.ts'
import { noteNull } from '../nullNote.ts'
import { poolFor } from '../nullPool.ts'
import { sha256 } from '../sha256.ts'
import { removeWork } from '../rankStore.ts'
import { readDraw } from '../readDraw.ts'

type Params = WorkerRequests['nullDistribution']['params']
interface Layer {
  name: string
  size: number
}

const reportEveryMs = 250

/**
 * Correlate random pairs of the pool's pictures, or sounds, at every layer that metamers are made at. Where the project has a null of
 * the same identity, only the pairs that it lacks are computed; a stopped job goes on where it was.
 *
 * @returns null when it was stopped
 * @throws ProtocolError when the pool has too few stimuli, or all pairs are there already; the error of the first file that cannot be used, which it
 *   names; NumericalError when activations are not numbers
 */
export async function nullDistribution(context: WorkerContext, params: Params): Promise<NullResult | null> {
  const network = networkOf(context, params.network)
  const layers = network.stages.filter((stage) => stage.metamerLayer).map(({ name, shape }) => ({ name, size: shape.reduce((a, b) => a * b, 1) }))
  const { stimuli, pool } = poolFor(network.kind, params.poolName, params.pool)
  const { seed, mode, augmentation } = params
  const identity = { seed, mode, augmentation, pool }
  const earlier = earlierOf(layers, identity, params.earlier)
  const from = earlier[0]?.summary.pairs ?? 0
  requireMore(from, params.pairs, pool.name)
  const pairs = choosePairs(stimuli.length, from, params.pairs, identity)
  const folder = path.join(params.workFolder, sha256(JSON.stringify([network.weights.hash, network.name, pool.hash, seed, mode, augmentation, from, params.pairs])).slice(0, 16))
  const draws = new Set(pairs).size
  noteNull(folder, { plan: { network: network.name, poolFolder: params.poolFolder, pairs: params.pairs, seed, mode, augmentation, memoryBytes: params.memoryBytes }, draws, layers: layers.length })
  const values = await context.jobs.during(params.jobId, (stopped) =>
    context.models.using(network.name, (model) => {
      const ranksOf = (draw: number): Promise<Float32Array[]> => ranksOfDraw(stimuli, model, draw, params)
      const work = { layers, pairs, memoryBytes: params.memoryBytes, folder, ranksOf, report: reporter(context, params.jobId, stopped) }
      return mode === 'pool' ? correlatePool(work) : correlateIndependent(work)
    }),
  )
  if (!values) return null
  removeWork(folder)
  const allDraws = new Set(choosePairs(stimuli.length, 0, params.pairs, identity)).size
  return { layers: layers.map(({ name }, i) => layerResult(network, name, identity, allDraws, together(earlier[i], tallyNull(values[i]!)))) }
}

/** Of every layer, in order; none when one of them has none, or another number of pairs. */
function earlierOf(layers: readonly Layer[], identity: NullIdentity, stored: readonly StoredNullValues[]): StoredNullValues[] {
  const same = ({ summary: s }: StoredNullValues): boolean =>
    s.pool.hash === identity.pool.hash && s.seed === identity.seed && s.mode === identity.mode && s.augmentation === identity.augmentation
  const found = layers.flatMap(({ name }) => stored.find((candidate) => candidate.summary.layer === name && same(candidate)) ?? [])
  return found.length === layers.length && found.every((one) => one.summary.pairs === found[0]!.summary.pairs) ? found : []
}

function requireMore(there: number, wanted: number, pool: string): void {
  if (there === 0 || wanted > there) return
  const figure = (n: number): string => n.toLocaleString('en-GB')
  throw new ProtocolError(
    `The project already holds ${figure(there)} pairs of the pool "${pool}" with this seed; ${figure(wanted)} were asked for. Ask for more than ${figure(there)} to add to them, or choose another seed.`,
  )
}

async function ranksOfDraw(stimuli: readonly StimulusFile[], model: Model, number: number, { seed, augmentation }: Params): Promise<Float32Array[]> {
  const file = stimuli[number % stimuli.length]!
  const { shape, data } = await readDraw(file, model.summary, { number, seed, augmentation })
  const all = tidyNumbers(() => activationsOfAllStages(model, tf.tensor(data, shape)))
  const { stages } = model.summary
  return all.flatMap((activations, i) => (stages[i]!.metamerLayer ? [ranksOf(activations, stages[i]!.name, file)] : []))
}

function ranksOf(activations: Float32Array, layer: string, { fileName }: StimulusFile): Float32Array {
  const ranks = unitRanks(activations)
  if (ranks) return ranks
  throw new NumericalError(`The activations of "${fileName}" at layer "${layer}" hold values that are no numbers, so they cannot be ranked. Leave it out of the pool, or check the network's weights.`)
}

function reporter(context: WorkerContext, jobId: number, stopped: () => boolean): PairWork['report'] {
  let reportedMs = -Infinity
  return (done, total, phase) => {
    if (performance.now() - reportedMs >= reportEveryMs || done === total) {
      reportedMs = performance.now()
      context.tell({ type: 'nullProgress', jobId, done, total, phase })
    }
    return !stopped()
  }
}

function together(earlier: StoredNullValues | undefined, added: NullTally): NullTally {
  return earlier ? mergeTallies({ ...earlier.summary, histogram: earlier.histogram }, added) : added
}

function layerResult(network: NetworkSummary, layer: string, identity: NullIdentity, draws: number, { histogram, ...figures }: NullTally): StoredNullValues {
  const counted = { draws, distinctPairs: distinctPairs(identity.pool.stimuli), quantiles: nullQuantiles({ ...figures, histogram }) }
  return { summary: { network: network.name, layer, ...figures, ...identity, ...counted }, histogram }
}
