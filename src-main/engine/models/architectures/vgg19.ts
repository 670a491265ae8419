import type * as tf from '@tensorflow/tfjs-core'
import { conv2d, conv2dRelu } from '../../native/convolution.ts'
import { maxPool } from '../../native/pooling.ts'
import { outputsOf, sequence, type Architecture, type Layer, type Parts } from './architecture.ts'
import { biasedFilter } from './biasedConvolution.ts'
import { dense } from './dense.ts'
import { pictureScaling } from './pictureScaling.ts'
import { rectified } from './rectified.ts'

/** Convolutions of each group; a stage ends in the last one's ReLU, before the pool. */
const groups = [
  { convolutions: 2, channels: 64 },
  { convolutions: 2, channels: 128 },
  { convolutions: 4, channels: 256 },
  { convolutions: 4, channels: 512 },
  { convolutions: 4, channels: 512 },
]

/**
 * VGG-19, RGB order, channel means subtracted.
 *
 * @source Simonyan & Zisserman 2015, configuration E; stages: authors' 2019 code, build_vgg_trained
 */
export const vgg19: Architecture = (parts) => {
  const before = [pictureScaling(parts), ...groups.slice(1).map(() => halve)]
  const convolutional = groups.map(({ convolutions, channels }, g) => {
    const names = Array.from({ length: convolutions }, (_, i) => `conv${g + 1}_${i + 1}`)
    const layers = names.map((name, i) => convolution(parts, name, [i > 0 ? channels : (groups[g - 1]?.channels ?? 3), channels]))
    const toLast = [before[g]!, ...layers.slice(0, -1).map(({ withRelu }) => withRelu)]
    const last = layers.at(-1)!
    return rectified(names.at(-1)!, sequence([...toLast, last.linear]), sequence([...toLast, last.withRelu]))
  })
  const fc6 = dense(parts, 'fc6.kernel', 'fc6.bias', 7 * 7 * 512, 4096)
  return [
    ...convolutional,
    rectified('fc6', sequence([halve, fc6])),
    rectified('fc7', dense(parts, 'fc7.kernel', 'fc7.bias', 4096, 4096)),
    { name: 'fc8', forward: dense(parts, 'fc8.kernel', 'fc8.bias', 4096, outputsOf(parts)) },
  ]
}

function halve(x: tf.Tensor): tf.Tensor {
  return maxPool(x, [2, 2], [2, 2], 'same')
}

function convolution(parts: Parts, name: string, channels: [number, number]): Record<'linear' | 'withRelu', Layer> {
  const { filter, bias } = biasedFilter(parts, { kernel: `${name}.kernel`, bias: `${name}.bias` }, [3, 3, ...channels])
  const options = { strides: [1, 1], padding: 'same' } as const
  return { linear: (x) => conv2d(x, filter, options, bias()), withRelu: (x) => conv2dRelu(x, filter, options, bias()) }
}
