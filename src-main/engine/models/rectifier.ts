import type * as tf from '@tensorflow/tfjs-core'
import { clippedRelu, relu, relu6 } from '../native/relu.ts'
import { generationClippedRelu, generationRelu, generationRelu6 } from '../synthesis/generationRelu.ts'
import type { EndGradient } from './stage.ts'

/** Rectify at the end of a stage, with the gradient asked for. */
export function endInRelu(x: tf.Tensor, end: EndGradient): tf.Tensor {
  return end === 'generation' ? generationRelu(x) : relu(x)
}

/** Rectify and cap at 6 at the end of a stage, with the gradient asked for. */
export function endInRelu6(x: tf.Tensor, end: EndGradient): tf.Tensor {
  return end === 'generation' ? generationRelu6(x) : relu6(x)
}

/** Rectify and clip at the end of a stage, with the gradient asked for. */
export function endInClippedRelu(x: tf.Tensor, ceiling: number, end: EndGradient): tf.Tensor {
  return end === 'generation' ? generationClippedRelu(x, ceiling) : clippedRelu(x, ceiling)
}
