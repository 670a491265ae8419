import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import type { NetworkSummary, StimulusKind } from '../../domain/network.ts'
import type { NullSummary } from '../../domain/run.ts'
import type { NullResult, StimulusFile, WorkerRequests } from '../../domain/workerMessages.ts'
import { activationsOfAllStages, type Model } from '../../engine/models/model.ts'
import { createRandom } from '../../engine/support/random.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import { choosePairs } from '../../engine/validation/choosePairs.ts'
import { createNullDistribution, summariseNull, type NullDistribution } from '../../engine/validation/nullDistribution.ts'
import { sniffStimulus } from '../../media/sniff.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf } from '../networkOf.ts'
import { readOneStimulus } from '../readStimulus.ts'

type Params = WorkerRequests['nullDistribution']['params']

const reportEveryMs = 250

/**
 * Correlate random pairs of the pool's pictures, or sounds, at every layer that metamers are made at.
 *
 * @returns null when it was stopped
 * @throws ProtocolError when the pool has too few stimuli; the error of the first file that cannot be used, which it names
 */
export async function nullDistribution(context: WorkerContext, params: Params): Promise<NullResult | null> {
  const network = networkOf(context, params.network)
  const layers = network.stages.filter((stage) => stage.metamerLayer).map(({ name, shape }) => ({ name, size: product(shape) }))
  const byHash = distinct(params.pool.filter((file) => mayBe(network.kind, file)))
  const stimuli = [...byHash.values()]
  const pairs = choosePairs(stimuli.length, params.pairs, createRandom(params.seed, 'null pairs'))
  const distribution = createNullDistribution({ layers, pairs })
  const completed = await context.jobs.during(params.jobId, (stopped) =>
    context.models.using(network.name, (model) => runPool(context, params.jobId, stimuli, model, distribution, stopped)),
  )
  if (!completed) return null
  const pool = { name: params.poolName, stimuli: stimuli.length, hash: poolHash(byHash) }
  return {
    layers: layers.map(({ name: layer }, i) => {
      const values = distribution.values(i)
      const summary: NullSummary = { network: network.name, layer, ...summariseNull(values), seed: params.seed, pool }
      return { summary, values }
    }),
  }
}

/** @returns false when it was stopped before the end */
async function runPool(
  context: WorkerContext,
  jobId: number,
  stimuli: StimulusFile[],
  model: Model,
  distribution: NullDistribution,
  stopped: () => boolean,
): Promise<boolean> {
  let reportedMs = -Infinity
  for (let index = distribution.next(); index !== null; index = distribution.next()) {
    await setImmediate()
    if (stopped()) return false
    distribution.add(await activationsOf(stimuli[index]!, model))
    const last = distribution.done === distribution.steps
    if (performance.now() - reportedMs < reportEveryMs && !last) continue
    reportedMs = performance.now()
    context.tell({ type: 'nullProgress', jobId, done: distribution.done, total: distribution.steps, phase: 'activations' })
  }
  return true
}

/** A folder may hold pictures and sounds; an array can be either, and is refused later where it does not fit. */
function mayBe(kind: StimulusKind, { bytes, fileName }: StimulusFile): boolean {
  const format = sniffStimulus(bytes, fileName)
  return format === 'array' || format === kind
}

async function activationsOf(file: StimulusFile, model: Model): Promise<Float32Array[]> {
  const { shape, data } = await readOneStimulus(file, model.summary)
  const all = tidyNumbers(() => activationsOfAllStages(model, tf.tensor(data, shape)))
  return all.filter((_, i) => model.summary.stages[i]!.metamerLayer)
}

/** Files of the same bytes count once: a pair of twins has ρ = 1, above which no metamer can lie. */
function distinct(pool: StimulusFile[]): Map<string, StimulusFile> {
  return new Map(pool.map((file) => [sha256(file.bytes), file]))
}

/** Tells pools apart by what is in them, whatever the files are called and in whatever order they came. */
function poolHash(byHash: ReadonlyMap<string, StimulusFile>): string {
  return sha256([...byHash.keys()].sort().join('\n'))
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

function product(shape: NetworkSummary['stages'][number]['shape']): number {
  return shape.reduce((a, b) => a * b, 1)
}
