import type * as tf from '@tensorflow/tfjs-core'
import { conv2d, conv2dRelu } from '../../native/convolution.ts'
import { maxPool } from '../../native/pooling.ts'
import { outputsOf, sequence, type Architecture, type Layer, type Parts } from './architecture.ts'
import { biasedFilter } from './biasedConvolution.ts'
import { dense } from './dense.ts'
import { pictureScaling } from './pictureScaling.ts'
import { rectified } from './rectified.ts'
import { vggDense, vggGroups, type VggLayer } from './vgg19Layout.ts'

/**
 * VGG-19, RGB order, channel means subtracted. A stage of convolutions ends in its last one's ReLU, before the pool.
 *
 * @source Simonyan & Zisserman 2015, configuration E; stages: authors' 2019 code, build_vgg_trained
 */
export const vgg19: Architecture = (parts) => {
  const before = [pictureScaling(parts), ...vggGroups.slice(1).map(() => halve)]
  const convolutional = vggGroups.map((group, g) => {
    const layers = group.map((one) => convolution(parts, one))
    const toLast = [before[g]!, ...layers.slice(0, -1).map(({ withRelu }) => withRelu)]
    const last = layers.at(-1)!
    return rectified(group.at(-1)!.name, sequence([...toLast, last.linear]), sequence([...toLast, last.withRelu]))
  })
  const [fc6, fc7] = vggDense.map(({ name, input, output }) => dense(parts, `${name}.kernel`, `${name}.bias`, input, output)) as [Layer, Layer]
  return [
    ...convolutional,
    rectified('fc6', sequence([halve, fc6])),
    rectified('fc7', fc7),
    { name: 'fc8', forward: dense(parts, 'fc8.kernel', 'fc8.bias', 4096, outputsOf(parts)) },
  ]
}

function halve(x: tf.Tensor): tf.Tensor {
  return maxPool(x, [2, 2], [2, 2], 'same')
}

function convolution(parts: Parts, { name, input, output }: VggLayer): Record<'linear' | 'withRelu', Layer> {
  const { filter, bias } = biasedFilter(parts, { kernel: `${name}.kernel`, bias: `${name}.bias` }, [3, 3, input, output])
  const options = { strides: [1, 1], padding: 'same' } as const
  return { linear: (x) => conv2d(x, filter, options, bias()), withRelu: (x) => conv2dRelu(x, filter, options, bias()) }
}
