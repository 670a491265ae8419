import * as tf from '@tensorflow/tfjs-core'
import { conv2d, depthwiseConv2d } from './convolution.ts'
import { customGradient } from './customGradient.ts'
import { kernelThreads } from './kernels.ts'
import { relu6 } from './relu.ts'
import { attribute, runOp, runOps } from './tensorflow.ts'

/** Frozen weights of a convolution; tensors that outlive every gradient. */
export interface FrozenConvolution {
  kernel: () => tf.Tensor
  bias: () => tf.Tensor
  /** [outputs, inputs] of a 1x1 convolution. */
  transposed: () => tf.Tensor
}

/** An inverted residual block: `expand` is null where nothing widens. SAME padding. */
export interface InvertedResidual {
  /** [1, 1, input, wide] */
  expand: FrozenConvolution | null
  /** [size, size, wide, 1] */
  depthwise: Omit<FrozenConvolution, 'transposed'>
  /** [1, 1, wide, output] */
  project: FrozenConvolution
  stride: number
}

/**
 * Widen and ReLU6, filter each channel and ReLU6, narrow; plus the input where the shape stays.
 *
 * @param x  float32 [batch, height, width, input]
 * @returns  float32 [batch, height', width', output]; the caller disposes it
 * @gradient with respect to x only
 */
export function invertedResidual(x: tf.Tensor, block: InvertedResidual): tf.Tensor {
  return kernelsCan(block) ? invertedResidualWhole(x, block) : invertedResidualApart(x, block)
}

/** The kernels need multiples of eight channels and windows of 7x7 at most, and add no input where nothing widens. */
function kernelsCan(block: InvertedResidual): boolean {
  if (kernelThreads() === null) return false
  const [size, , wide] = block.depthwise.kernel().shape as [number, number, number]
  const ends = [(block.expand ?? block.depthwise).kernel().shape[2]!, block.project.kernel().shape[3]!]
  return [wide, ...ends].every((n) => n % 8 === 0) && size <= 7 && (block.expand !== null || !skips(block))
}

/** Whether the input is added at the end. */
function skips({ expand, depthwise, project, stride }: InvertedResidual): boolean {
  return stride === 1 && (expand ?? depthwise).kernel().shape[2] === project.kernel().shape[3]
}

/**
 * The same in one operation of our own each way: what is between never leaves the processor's cache, and of it only is kept where the two
 * ReLU6 let a gradient through.
 */
export function invertedResidualWhole(x: tf.Tensor, { expand, depthwise, project, stride }: InvertedResidual): tf.Tensor {
  const attributes = [attribute.integers('stride', stride), attribute.integers('threads', kernelThreads()!)]
  const none = (): tf.Tensor => tf.zeros([0])
  return customGradient(x, (input, save) => {
    const widening = expand ? [expand.kernel(), expand.bias()] : [none(), none()]
    const filters = [depthwise.kernel(), depthwise.bias(), project.kernel(), project.bias()]
    const [y, ...open] = runOps('MetamerLabInvertedResidual', attributes, 3, input, ...widening, ...filters)
    save(open)
    return {
      value: y!,
      gradFunc: (dy, saved) => {
        const weights = [expand ? expand.transposed() : none(), depthwise.kernel(), project.transposed()]
        return runOp('MetamerLabInvertedResidualGradient', attributes, dy, ...saved, ...weights, tf.tensor1d(x.shape.slice(0, 3), 'int32'))
      },
    }
  })
}

/** The same in TensorFlow's or tfjs' operations. */
export function invertedResidualApart(x: tf.Tensor, block: InvertedResidual): tf.Tensor {
  const { expand, depthwise, project, stride } = block
  const pointwise = { strides: [1, 1], padding: 'same' } as const
  const widened = expand ? relu6(conv2d(x, expand.kernel(), pointwise, expand.bias())) : x
  const filtered = tf.add(depthwiseConv2d(widened, depthwise.kernel(), { strides: [stride, stride], padding: 'same' }), depthwise.bias())
  const narrow = conv2d(relu6(filtered), project.kernel(), pointwise, project.bias())
  return skips(block) ? tf.add(narrow, x) : narrow
}
