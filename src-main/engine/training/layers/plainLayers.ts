import * as tf from '@tensorflow/tfjs-core'
import { convolutionAttributes } from '../../native/convolutionAttributes.ts'
import { avgPoolGradient, avgPoolValue } from '../../native/pooling.ts'
import { attribute, runOp } from '../../native/tensorflow.ts'
import { hannFilter } from '../../models/architectures/hannPool.ts'
import { plainLayer, type Pass, type TrainingLayer } from './layer.ts'

export function reluLayer(name: string): TrainingLayer {
  return plainLayer(name, (x) => {
    const y = tf.relu(x)
    return { y, reads: 'y', gradient: (dy) => runOp('ReluGrad', [attribute.float32()], dy, y) }
  })
}

/** Rectified and capped at 6. */
export function relu6Layer(name: string): TrainingLayer {
  return plainLayer(name, (x) => {
    const y = tf.relu6(x)
    return { y, reads: 'y', gradient: (dy) => runOp('Relu6Grad', [attribute.float32()], dy, y) }
  })
}

/** The mean over all places: [batch, height, width, channels] to [batch, channels]. */
export function meanLayer(name: string): TrainingLayer {
  return plainLayer(name, (x) => {
    const [batch, height, width, channels] = x.shape as [number, number, number, number]
    const gradient = (dy: tf.Tensor): tf.Tensor => tf.broadcastTo(tf.reshape(tf.div(dy, height * width), [batch, 1, 1, channels]), x.shape)
    return { y: tf.mean(x, [1, 2]), gradient }
  })
}

/** Averages of windows, border left out of sum and count. */
export function averagePoolLayer(name: string, size: readonly [number, number], strides: readonly [number, number]): TrainingLayer {
  return plainLayer(name, (x) => ({
    y: avgPoolValue(x, size, strides, 'same'),
    reads: 'neither',
    gradient: (dy) => avgPoolGradient(dy, x.shape, size, strides, 'same'),
  }))
}

/** Hann-weighted averages; the window is fixed. */
export function hannPoolLayer(name: string, stride: number): TrainingLayer {
  const attributes = convolutionAttributes([stride, stride], 'SAME')
  return plainLayer(name, (x) => {
    const filter = hannFilter(stride, x.shape.at(-1)!)
    return {
      y: runOp('DepthwiseConv2dNative', attributes, x, filter),
      reads: 'neither',
      gradient: (dy) => runOp('DepthwiseConv2dNativeBackpropInput', attributes, tf.tensor1d(x.shape, 'int32'), filter, dy),
    }
  })
}

/**
 * Set values to 0 with a probability, and raise the others so that the mean stays; nothing in evaluation.
 *
 * @param place  of the layer in the network: layers of one pass draw different numbers
 */
export function dropoutLayer(name: string, rate: number, place: number): TrainingLayer {
  return plainLayer(name, (x, pass) => {
    if (pass.mode === 'evaluate' || rate === 0) return { y: tf.clone(x), gradient: (dy) => tf.clone(dy) }
    const mask = tf.mul(tf.cast(tf.greaterEqual(uniform(x.shape, pass, place), rate), 'float32'), 1 / (1 - rate))
    return { y: tf.mul(x, mask), gradient: (dy) => tf.mul(dy, mask) }
  })
}

/** Numbers in [0, 1) that depend on the seed alone, so that a resumed training draws what it would have drawn. */
function uniform(shape: number[], { seed: [a, b] }: Pass, place: number): tf.Tensor {
  const attributes = [attribute.float32('dtype'), attribute.int32Type('T'), attribute.int32Type('Tseed')]
  return runOp('StatelessRandomUniform', attributes, tf.tensor1d(shape, 'int32'), tf.tensor1d([(a ^ Math.imul(place + 1, 0x9e3779b1)) & 0x7fffffff, b], 'int32'))
}
