import * as tf from '@tensorflow/tfjs-core'
import type { NetworkSummary } from '../../domain/network.ts'
import { stageIndex } from '../../domain/stages.ts'
import type { FrontEnd } from '../frontends/frontEnd.ts'
import { tidyNumbers } from '../support/tidyNumbers.ts'
import type { EndGradient, Stage } from './stage.ts'

/** A network that can be run: weights in place. */
export interface Model {
  readonly summary: NetworkSummary
  /** What it hears with; absent in networks that see, or take the wave. */
  readonly frontEnd?: FrontEnd | null
  /**
   * Compute one stage. Inside the caller's tidy.
   *
   * @param x     the variable that synthesis optimises, [batch, ...]: its input, or what its front end gives
   * @param last  index of the stage
   * @param end   gradient of the ReLU that ends that stage; every earlier one is ordinary
   * @param seen  where given, called with what every stage up to `last` gives, in order
   * @returns     [batch, ...shape of the stage]
   */
  run(x: tf.Tensor, last: number, end: EndGradient, seen?: (stage: number, y: tf.Tensor) => void): tf.Tensor
  /** Free the weights. */
  dispose(): void
}

/** A network of named steps, as those of the catalogue are. */
export interface StagedModel extends Model {
  readonly stages: readonly Stage[]
}

export function stagedModel({ summary, stages, frontEnd = null, dispose }: Pick<StagedModel, 'summary' | 'stages' | 'dispose' | 'frontEnd'>): StagedModel {
  return {
    summary,
    stages,
    frontEnd,
    dispose,
    run(x, last, end, seen) {
      const outputs = new Map([[-1, x]])
      for (const i of seen ? [...stages.keys()].slice(0, last + 1) : pathTo(stages, last)) {
        const y = stages[i]!.forward(outputs.get(sourceOf(stages, i))!, i === last ? end : 'ordinary')
        seen?.(i, y)
        outputs.set(i, y)
      }
      return outputs.get(last)!
    },
  }
}

/** Stages that one needs, in order. */
function pathTo(stages: readonly Stage[], last: number): number[] {
  return last < 0 ? [] : [...pathTo(stages, sourceOf(stages, last)), last]
}

/** Index of the stage that one takes; -1: the variable itself. */
function sourceOf(stages: readonly Stage[], i: number): number {
  const { from } = stages[i]!
  return from === undefined ? i - 1 : stages.findIndex((stage) => stage.name === from)
}

/**
 * Run a network up to one stage and no further.
 *
 * @param x    the variable that synthesis optimises, [batch, ...]
 * @param end  gradient of the ReLU that ends that stage; every earlier one is ordinary
 * @returns    [batch, ...shape of the stage]; the caller disposes it
 * @throws ProtocolError when the network has no such stage
 */
export function activationsAt(model: Model, layer: string, x: tf.Tensor, end: EndGradient = 'ordinary'): tf.Tensor {
  const last = stageIndex(model.summary, layer)
  return tf.tidy(() => {
    const y = model.run(x, last, end)
    return y === x ? tf.clone(y) : y
  })
}

/**
 * Run a whole network and read every stage.
 *
 * @returns one flat float32 vector per stage, in order
 */
export function activationsOfAllStages(model: Model, x: tf.Tensor): Float32Array[] {
  return tidyNumbers(() => {
    const values: Float32Array[] = []
    model.run(x, model.summary.stages.length - 1, 'ordinary', (_, y) => values.push(y.dataSync() as Float32Array))
    return values
  })
}

export { stageIndex }
