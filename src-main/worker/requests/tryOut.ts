import * as tf from '@tensorflow/tfjs-core'
import type { TryOut } from '../../domain/importing.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { activationsOfAllStages, type Model } from '../../engine/models/model.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import type { WorkerContext } from '../context.ts'
import { readOneStimulus } from '../readStimulus.ts'
import { withNetworkApart } from '../withNetworkApart.ts'

const shown = 5

/**
 * Put a stimulus through a network that is being imported: what each stage gives, and its highest outputs.
 *
 * @throws ModelFileError when card and file do not make a network; MediaError when it cannot take the stimulus
 */
export function tryOut(context: WorkerContext, { card, path, stimulus }: WorkerRequests['tryOut']['params']): Promise<TryOut> {
  return withNetworkApart(context, card, path, async (model) => {
    const { shape, data, notices } = await readOneStimulus(stimulus, model.summary)
    const startMs = performance.now()
    const values = tidyNumbers(() => activationsOfAllStages(model, tf.tensor(data, shape)))
    const seconds = (performance.now() - startMs) / 1000
    const stages = model.summary.stages.map((stage, i) => ({ name: stage.name, shape: stage.shape, ...rangeOf(values[i]!) }))
    return { stimulus: stimulus.fileName, notices, top: topOf(model, values.at(-1)!), stages, seconds }
  })
}

function topOf({ summary: { labels } }: Model, outputs: Float32Array): TryOut['top'] {
  const order = [...outputs.keys()].sort((a, b) => outputs[b]! - outputs[a]!)
  return order.slice(0, shown).map((index) => ({ index, label: labels[index] ?? null, value: outputs[index]! }))
}

function rangeOf(values: Float32Array): { minimum: number; maximum: number; mean: number } {
  const range = values.reduce(
    ({ minimum, maximum, sum }, value) => ({ minimum: Math.min(minimum, value), maximum: Math.max(maximum, value), sum: sum + value }),
    { minimum: Infinity, maximum: -Infinity, sum: 0 },
  )
  return { minimum: range.minimum, maximum: range.maximum, mean: range.sum / values.length }
}
