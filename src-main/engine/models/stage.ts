import type * as tf from '@tensorflow/tfjs-core'
import type { StageSummary } from '../../domain/network.ts'

/** How the activation that ends a stage treats gradients: see synthesis/generationRelu. */
export type EndGradient = 'ordinary' | 'generation'

/**
 * One named step of a network. A network is a list of these; each takes what the one before it gives, or an earlier one.
 * The first takes the variable that synthesis optimises: pictures [batch, height, width, 3] in [0, 1],
 * sounds [batch, samples]; preprocessing and front end belong to it.
 */
export interface Stage extends StageSummary {
  /** Name of the stage that it takes, where that is not the one before. */
  from?: string
  /**
   * Compute the stage. Differentiable with respect to x; weights are frozen.
   *
   * @param x    output of the stage before, [batch, ...]
   * @param end  'generation' replaces the gradient of the final ReLU, clipped or not, by the identity, values unchanged;
   *             without effect where endsIn is 'linear'
   * @returns    [batch, ...shape]; the caller disposes it (or a surrounding tidy does)
   */
  forward(x: tf.Tensor, end: EndGradient): tf.Tensor
}
