import * as tf from '@tensorflow/tfjs-core'
import type { HeadName } from '../../domain/trainingPlan.ts'
import { runChain } from './layers/chain.ts'
import type { Pass } from './layers/layer.ts'
import type { TrainingNetwork } from './trainingNetwork.ts'

/** A network run once, with all that its gradients need. The surrounding tidy disposes everything. */
export interface ForwardPass {
  /** Every layer's output, in order; kept only if the pass says so, where no gradient needs it. */
  outputs: ReadonlyArray<{ name: string; y: tf.Tensor }>
  /** Logits. */
  heads: ReadonlyArray<{ head: HeadName; y: tf.Tensor }>
  /**
   * @param gradients  of the loss with respect to each head's logits
   * @returns one for each trained weight: the trunk's in order, then the heads'
   */
  backward(gradients: readonly tf.Tensor[]): tf.Tensor[]
}

export function forwardPass(network: TrainingNetwork, x: tf.Tensor, pass: Pass): ForwardPass {
  const trunk = runChain(network.trunk, x, pass)
  const heads = network.heads.map(({ head, layer }) => ({ head, name: layer.name, forwarded: layer.forward(trunk.y, pass) }))
  return {
    outputs: [...trunk.outputs, ...heads.map(({ name, forwarded }) => ({ name, y: forwarded.y }))],
    heads: heads.map(({ head, forwarded }) => ({ head, y: forwarded.y })),
    backward(gradients) {
      const ofHeads = heads.map(({ forwarded }, i) => forwarded.backward(gradients[i]!, true))
      const dy = ofHeads.map(({ dx }) => dx!).reduce((sum, dx) => tf.add(sum, dx))
      return [...trunk.backward(dy, false).gradients, ...ofHeads.flatMap((head) => head.gradients)]
    },
  }
}
