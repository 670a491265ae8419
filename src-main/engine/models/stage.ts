import type * as tf from '@tensorflow/tfjs-core'
import type { StageSummary } from '../../domain/network.ts'

/** How the activation that ends a stage treats gradients: see synthesis/generationRelu. */
export type EndGradient = 'ordinary' | 'generation'

/**
 * One named step of a network. A network is a list of these; each takes what the one before it gives.
 * The first takes the variable that synthesis optimises: pictures [batch, height, width, 3] in [0, 1],
 * sounds [batch, samples]; preprocessing and front end belong to it.
 */
export interface Stage extends StageSummary {
  /**
   * Compute the stage. Differentiable with respect to x; weights are frozen.
   *
   * @param x    output of the stage before, [batch, ...]
   * @param end  'generation' replaces the gradient of the final ReLU or ReLU6 by the identity, values unchanged;
   *             without effect where endsIn is 'linear'
   * @returns    [batch, ...shape]; the caller disposes it (or a surrounding tidy does)
   */
  forward(x: tf.Tensor, end: EndGradient): tf.Tensor
}
