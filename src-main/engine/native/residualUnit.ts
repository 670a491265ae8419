import * as tf from '@tensorflow/tfjs-core'
import { affineRelu } from './affineRelu.ts'
import { conv2d, conv2dRelu } from './convolution.ts'
import { customGradient } from './customGradient.ts'
import { kernelsConvolve, passes, type BiasedFilter } from './frozenConvolution.ts'
import { rectified, rectifiedGradient } from './rectify.ts'

/** Frozen weights of a residual unit of stride 1 that adds to its input what it makes of it: norm and ReLU come before the convolutions. */
export interface ResidualUnit {
  /** The norm comes to these, [channels]. */
  scale: () => tf.Tensor
  offset: () => tf.Tensor
  /** 1x1, ReLU; 3x3 with SAME padding, ReLU; 1x1, as wide as the input. */
  narrow: BiasedFilter
  filter: BiasedFilter
  widen: BiasedFilter
}

const same = { strides: [1, 1], padding: 'same' } as const

/**
 * @param x  float32 [batch, height, width, channels]
 * @returns  same shape; the caller disposes it
 * @gradient with respect to x only
 */
export function residualUnit(x: tf.Tensor, unit: ResidualUnit): tf.Tensor {
  const kernelsCan = [unit.narrow, unit.filter, unit.widen].every(({ filter }) => kernelsConvolve(filter, same))
  return kernelsCan ? residualUnitWhole(x, unit) : residualUnitApart(x, unit)
}

/** With compiled kernels, recorded as one operation. */
export function residualUnitWhole(x: tf.Tensor, unit: ResidualUnit): tf.Tensor {
  const limits = { floor: 0, ceiling: Infinity }
  const normed = (z: tf.Tensor): tf.Tensor => rectified(z, limits, { scale: unit.scale(), offset: unit.offset() })
  const [narrow, filter, widen] = [passes(unit.narrow.filter, same, true), passes(unit.filter.filter, same, true), passes(unit.widen.filter, same, false)]
  return customGradient(x, (input, save) => {
    const active = normed(input)
    const narrowed = narrow.forward(active, unit.narrow.bias())
    const filtered = filter.forward(narrowed, unit.filter.bias())
    active.dispose()
    save([input, narrowed, filtered])
    return {
      value: widen.forward(filtered, unit.widen.bias(), input),
      gradFunc: (dy, [before, n, f]) => {
        const towards = narrow.backward(filter.backward(widen.backward(dy), f), n)
        // Computed anew: as wide as the input, it would take most of a unit's memory.
        return rectifiedGradient(towards, normed(before!), limits, unit.scale(), dy)
      },
    }
  })
}

/** The same in operations that are recorded one by one. */
export function residualUnitApart(x: tf.Tensor, { scale, offset, narrow, filter, widen }: ResidualUnit): tf.Tensor {
  const active = affineRelu(x, scale(), offset())
  const filtered = conv2dRelu(conv2dRelu(active, narrow.filter, same, narrow.bias()), filter.filter, same, filter.bias())
  return tf.add(x, conv2d(filtered, widen.filter, same, widen.bias()))
}
