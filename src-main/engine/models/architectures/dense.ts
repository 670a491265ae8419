import * as tf from '@tensorflow/tfjs-core'
import { matMul } from '../../native/matMul.ts'
import type { Layer, Parts } from './architecture.ts'

/**
 * A fully connected layer: x [batch, ...] is flattened to [batch, inputs], times kernel [inputs, outputs], plus bias.
 *
 * @param kernel  name of the weight [inputs, outputs]
 * @param bias    name of the weight [outputs]
 */
export function dense({ weights, tensors }: Pick<Parts, 'weights' | 'tensors'>, kernel: string, bias: string, inputs: number, outputs: number): Layer {
  const kernelValues = weights.weight(kernel, [inputs, outputs])
  const biasValues = weights.weight(bias, [outputs])
  const kernelTensor = tensors.lazily(() => tf.tensor(kernelValues(), [inputs, outputs]))
  const biasTensor = tensors.lazily(() => tf.tensor(biasValues(), [outputs]))
  return (x) => tf.add(matMul(tf.reshape(x, [-1, inputs]), kernelTensor()), biasTensor())
}
