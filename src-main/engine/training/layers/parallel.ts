import * as tf from '@tensorflow/tfjs-core'
import { runChain } from './chain.ts'
import type { TrainingLayer } from './layer.ts'

/** How what several branches give becomes one. */
interface Join {
  join(ys: tf.Tensor[]): tf.Tensor
  /** From the gradient of the whole to that of each branch. @param channels  that each gave */
  split(dy: tf.Tensor, channels: number[]): tf.Tensor[]
}

/** Chains of layers side by side on one input, their channels one after the other. */
export function concatenatedLayer(name: string, branches: ReadonlyArray<readonly TrainingLayer[]>): TrainingLayer {
  return parallelLayer(name, branches, { join: (ys) => tf.concat(ys, -1), split: (dy, channels) => tf.split(dy, channels, -1) })
}

/** Chains of layers side by side on one input, added up; an empty one gives the input itself. */
export function summedLayer(name: string, branches: ReadonlyArray<readonly TrainingLayer[]>): TrainingLayer {
  return parallelLayer(name, branches, { join: tf.addN, split: (dy, channels) => channels.map(() => dy) })
}

function parallelLayer(name: string, branches: ReadonlyArray<readonly TrainingLayer[]>, { join, split }: Join): TrainingLayer {
  const layers = branches.flat()
  return {
    name,
    trained: layers.flatMap(({ trained }) => trained),
    statistics: layers.flatMap(({ statistics }) => statistics),
    forward(x, pass) {
      const chains = branches.map((branch) => runChain(branch, x, pass))
      const channels = chains.map(({ y }) => y.shape.at(-1)!)
      return {
        y: join(chains.map(({ y }) => y)),
        backward(dy, inputs) {
          const parts = split(dy, channels)
          const backs = chains.map(({ backward }, i) => backward(parts[i]!, inputs))
          return { dx: inputs ? tf.addN(backs.map(({ dx }) => dx!)) : null, gradients: backs.flatMap(({ gradients }) => gradients) }
        },
      }
    },
  }
}
