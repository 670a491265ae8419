import * as tf from '@tensorflow/tfjs-core'
import type { HeadName } from '../../domain/training.ts'
import type { Forwarded, Pass, TrainingLayer } from './layers/layer.ts'
import type { TrainingNetwork } from './wordCnn.ts'

/** A network run once, with all that its gradients need. The surrounding tidy disposes everything. */
export interface ForwardPass {
  /** Every layer's output, in order. */
  outputs: ReadonlyArray<{ name: string; y: tf.Tensor }>
  /** Logits. */
  heads: ReadonlyArray<{ head: HeadName; y: tf.Tensor }>
  /**
   * @param gradients  of the loss with respect to each head's logits
   * @returns one for each trained weight: the trunk's in order, then the heads'
   */
  backward(gradients: readonly tf.Tensor[]): tf.Tensor[]
}

interface Step {
  layer: TrainingLayer
  forwarded: Forwarded
}

export function forwardPass(network: TrainingNetwork, x: tf.Tensor, pass: Pass): ForwardPass {
  const trunk = runTrunk(network.trunk, x, pass)
  const last = trunk.at(-1)!.forwarded.y
  const heads = network.heads.map(({ head, layer }) => ({ head, layer, forwarded: layer.forward(last, pass) }))
  return {
    outputs: [...trunk, ...heads].map(({ layer, forwarded }) => ({ name: layer.name, y: forwarded.y })),
    heads: heads.map(({ head, forwarded }) => ({ head, y: forwarded.y })),
    backward(gradients) {
      const ofHeads = heads.map(({ forwarded }, i) => forwarded.backward(gradients[i]!, true))
      const dy = ofHeads.map(({ dx }) => dx!).reduce((sum, dx) => tf.add(sum, dx))
      return [...trunkGradients(trunk, dy), ...ofHeads.flatMap((head) => head.gradients)]
    },
  }
}

function runTrunk(layers: readonly TrainingLayer[], x: tf.Tensor, pass: Pass): Step[] {
  let y = x
  return layers.map((layer) => {
    const forwarded = layer.forward(y, pass)
    y = forwarded.y
    return { layer, forwarded }
  })
}

function trunkGradients(trunk: readonly Step[], dyOfLast: tf.Tensor): tf.Tensor[] {
  let dy = dyOfLast
  const gradients: tf.Tensor[][] = []
  for (const [i, { forwarded }] of [...trunk.entries()].reverse()) {
    const back = forwarded.backward(dy, i > 0)
    gradients.unshift(back.gradients)
    if (back.dx) dy = back.dx
  }
  return gradients.flat()
}
