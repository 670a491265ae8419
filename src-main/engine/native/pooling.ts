import * as tf from '@tensorflow/tfjs-core'
import { depthwiseConv2dPlain } from './convolution.ts'
import { customGradient } from './customGradient.ts'
import { kernelThreads } from './kernels.ts'
import { attribute, integerAttributes, isNative, runOp, type OpAttribute } from './tensorflow.ts'

/** [down, across] */
type Pair = readonly [number, number]
type Padding = 'same' | 'valid'

/**
 * Take the maximum of each window; the border counts as minus infinity.
 *
 * @param x  float32 [batch, height, width, channels]
 * @returns  float32 [batch, height', width', channels]; the caller disposes it
 * @gradient dy to the first maximum of each window
 */
export function maxPool(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  if (!isNative()) return maxPoolPlain(x, size, strides, padding)
  return kernelsPool(x) ? maxPoolKernel(x, size, strides, padding) : maxPoolNative(x, size, strides, padding)
}

/**
 * Average each window; the border is left out of sum and count.
 *
 * @param x  float32 [batch, height, width, channels]
 * @returns  float32 [batch, height', width', channels]; the caller disposes it
 */
export function avgPool(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  return isNative() ? avgPoolNative(x, size, strides, padding) : avgPoolPlain(x, size, strides, padding)
}

export function maxPoolNative(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  const attributes = poolAttributes(size, strides, padding)
  return customGradient(x, (input, save) => {
    const y = runOp('MaxPool', attributes, input)
    save([input, y])
    return { value: y, gradFunc: (dy, saved) => runOp('MaxPoolGrad', attributes, saved[0]!, saved[1]!, dy) }
  })
}

/** With compiled kernels. */
export function maxPoolKernel(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  return customGradient(x, (input, save) => {
    save([input])
    return {
      value: runOp('MaxPool', poolAttributes(size, strides, padding), input),
      gradFunc: (dy, [saved]) => kernelGradient(saved!, dy, size, strides, padding),
    }
  })
}

/** Whether the kernels of this process take the gradient of such a pool, in a tenth of MaxPoolGrad's time. */
function kernelsPool(x: tf.Tensor): boolean {
  return kernelThreads() !== null && x.shape[3]! % 8 === 0
}

function kernelGradient(x: tf.Tensor, dy: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  type Four = [number, number, number, number]
  const { padInfo } = tf.backend_util.computePool2DInfo(x.shape as Four, [...size], [...strides], 1, padding)
  const attributes = integerAttributes({
    threads: kernelThreads()!, window_height: size[0], window_width: size[1], stride_down: strides[0], stride_across: strides[1],
    above: padInfo.top, before: padInfo.left,
  })
  return runOp('MetamerLabMaxPoolGradient', attributes, x, dy)
}

/**
 * In tfjs 4.22 WebAssembly's gradient leaves out windows without a value above 0. Where the maxima lie does not change
 * when all values are raised, so the gradient is taken above 0.
 */
export function maxPoolPlain(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  const pool = (z: tf.Tensor): tf.Tensor => tf.maxPool(z as tf.Tensor4D, [...size], [...strides], padding)
  const attributes = { filterSize: [...size], strides: [...strides], pad: padding }
  return customGradient(x, (value, save) => {
    save([value])
    return {
      value: pool(value),
      gradFunc: (dy, [saved]) => {
        const input = tf.add(tf.sub(saved!, tf.min(saved!)), 1)
        return tf.engine().runKernel<tf.Tensor>(tf.MaxPoolGrad, { dy, input, output: pool(input) }, attributes)
      },
    }
  })
}

export function avgPoolNative(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  return customGradient(x, (input) => ({
    value: avgPoolValue(input, size, strides, padding),
    gradFunc: (dy) => avgPoolGradient(dy, x.shape, size, strides, padding),
  }))
}

/** The average alone, and its gradient alone: for training, which keeps no tape. Native only. */
export function avgPoolValue(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  return runOp('AvgPool', poolAttributes(size, strides, padding), x)
}

export function avgPoolGradient(dy: tf.Tensor, shape: number[], size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  return runOp('AvgPoolGrad', poolAttributes(size, strides, padding), tf.tensor1d(shape, 'int32'), dy)
}

/** The maximum, and its gradient, for the same use. */
export function maxPoolParts(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): { y: tf.Tensor; gradient: (dy: tf.Tensor) => tf.Tensor } {
  const attributes = poolAttributes(size, strides, padding)
  const y = runOp('MaxPool', attributes, x)
  return { y, gradient: (dy) => (kernelsPool(x) ? kernelGradient(x, dy, size, strides, padding) : runOp('MaxPoolGrad', attributes, x, y, dy)) }
}

/** Window sums divided by window counts: the gradient of tfjs' own average pool forgets that the border is left out. */
export function avgPoolPlain(x: tf.Tensor, size: Pair, strides: Pair, padding: Padding): tf.Tensor {
  const [, height, width, channels] = x.shape as [number, number, number, number]
  const ones = tf.ones([...size, channels, 1])
  const counts = depthwiseConv2dPlain(tf.ones([1, height, width, channels]), ones, { strides, padding })
  return tf.div(depthwiseConv2dPlain(x, ones, { strides, padding }), counts)
}

function poolAttributes(size: Pair, strides: Pair, padding: Padding): OpAttribute[] {
  return [
    attribute.float32(),
    attribute.integers('ksize', [1, size[0], size[1], 1]),
    attribute.integers('strides', [1, strides[0], strides[1], 1]),
    attribute.text('padding', padding.toUpperCase()),
    attribute.text('data_format', 'NHWC'),
  ]
}
