import * as tf from '@tensorflow/tfjs-core'
import { maxPool } from '../../native/pooling.ts'
import type { Architecture, Layer, Parts, StageStep } from './architecture.ts'
import { biasedConvolution } from './biasedConvolution.ts'
import { dense } from './dense.ts'
import { rectified } from './rectified.ts'

/** Frames of a patch, and mel bands. */
const patch = [96, 64] as const

/** A pool of 2 x 2 lies between the groups, and after the last. */
const groups = [
  { names: ['conv1'], channels: 64 },
  { names: ['conv2'], channels: 128 },
  { names: ['conv3_1', 'conv3_2'], channels: 256 },
  { names: ['conv4_1', 'conv4_2'], channels: 512 },
]

/**
 * VGGish: 3 x 3 convolutions with ReLU, 2 x 2 max pools, three dense layers. The patches of a sound are an axis of every stage,
 * [batch, patches, ...]; on the way through a layer they count as a batch.
 *
 * @source Hershey et al. 2017; AudioSet's vggish_slim.py, embedding without the ReLU of its first release
 */
export const vggish: Architecture = (parts) => {
  const patches = parts.frontEnd!.rows / patch[0]
  const each = perPatch(patches)
  const convolutions = groups.flatMap(({ names, channels }, g) => names.map((name, i) => {
    const before = groups[g - 1]?.channels ?? 1
    const layer = convolution(parts, name, i > 0 ? channels : before, channels)
    return rectified(name, each(g > 0 && i === 0 ? (x) => layer(halve(x)) : layer))
  }))
  const fc11 = dense(parts, 'fc1_1.kernel', 'fc1_1.bias', (patch[0] / 16) * (patch[1] / 16) * 512, 4096)
  return [
    logMel(parts, patches),
    ...convolutions,
    rectified('fc1_1', each((x) => fc11(halve(x)))),
    rectified('fc1_2', each(dense(parts, 'fc1_2.kernel', 'fc1_2.bias', 4096, 4096))),
    { name: 'embedding', forward: each(dense(parts, 'fc2.kernel', 'fc2.bias', 4096, 128)) },
  ]
}

function logMel({ frontEnd }: Parts, patches: number): StageStep {
  return { name: 'logmel', forward: (x) => tf.reshape(frontEnd!.forward(x), [-1, patches, ...patch, 1]) }
}

/** Apply a layer to [batch, patches, ...] patch by patch. */
function perPatch(patches: number): (layer: Layer) => Layer {
  return (layer) => (x) => {
    const y = layer(tf.reshape(x, [-1, ...x.shape.slice(2)]))
    return tf.reshape(y, [-1, patches, ...y.shape.slice(1)])
  }
}

function halve(x: tf.Tensor): tf.Tensor {
  return maxPool(x, [2, 2], [2, 2], 'same')
}

function convolution(parts: Parts, name: string, input: number, output: number): Layer {
  return biasedConvolution(parts, { kernel: `${name}.kernel`, bias: `${name}.bias` }, [3, 3, input, output], { strides: [1, 1], padding: 'same' })
}
