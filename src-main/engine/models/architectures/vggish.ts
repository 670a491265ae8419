import * as tf from '@tensorflow/tfjs-core'
import { vggishSizesSchema, type VggishNetwork } from '../../../domain/hearingNetworks.ts'
import { maxPool } from '../../native/pooling.ts'
import { relu } from '../../native/relu.ts'
import type { Architecture, Layer, Parts, StageStep } from './architecture.ts'
import { biasedConvolution } from './biasedConvolution.ts'
import { dense } from './dense.ts'
import { headStages, type HeadOutputs } from './hearingHeads.ts'
import { rectified } from './rectified.ts'
import { statedSizes } from './statedSizes.ts'

/** Frames of a patch, and mel bands. */
export const vggishPatch = [96, 64] as const

export interface VggishSizes extends Omit<VggishNetwork, 'form'> {
  /** None as it was published: it ends with the embedding. */
  outputs: HeadOutputs
}

const fullSize: VggishSizes = { channels: [64, 128, 256, 512], fc: 4096, embedding: 128, outputs: {} }

/** A pool of 2 x 2 lies between the groups, and after the last. */
export const vggishGroups = [['conv1'], ['conv2'], ['conv3_1', 'conv3_2'], ['conv4_1', 'conv4_2']] as const

/**
 * VGGish: 3 x 3 convolutions with ReLU, 2 x 2 max pools, three dense layers. The patches of a sound are an axis of every stage,
 * [batch, patches, ...]; on the way through a layer they count as a batch. Heads, where it has any, take the mean over the patches of
 * the rectified embedding: as published, it has none.
 *
 * @source Hershey et al. 2017; AudioSet's vggish_slim.py, embedding without the ReLU of its first release
 */
export const vggish: Architecture = (parts) => {
  const { channels, fc, embedding, outputs } = statedSizes(parts.card, vggishSizesSchema) ?? fullSize
  const patches = parts.frontEnd!.rows / vggishPatch[0]
  const each = perPatch(patches)
  const convolutions = vggishGroups.flatMap((names, g) => names.map((name, i) => {
    const layer = convolution(parts, name, i > 0 ? channels[g]! : (channels[g - 1] ?? 1), channels[g]!)
    return rectified(name, each(g > 0 && i === 0 ? (x) => layer(halve(x)) : layer))
  }))
  const fc11 = dense(parts, 'fc1_1.kernel', 'fc1_1.bias', vggishFlatSize(channels), fc)
  return [
    logMel(parts, patches),
    ...convolutions,
    rectified('fc1_1', each((x) => fc11(halve(x)))),
    rectified('fc1_2', each(dense(parts, 'fc1_2.kernel', 'fc1_2.bias', fc, fc))),
    { name: 'embedding', forward: each(dense(parts, 'fc2.kernel', 'fc2.bias', fc, embedding)) },
    ...headStages(parts, outputs, { from: 'embedding', inputs: embedding, gathered: (x) => tf.mean(relu(x), 1) }),
  ]
}

/** Values of a patch that reach fc1_1, after four pools. */
export function vggishFlatSize(channels: VggishSizes['channels']): number {
  return (vggishPatch[0] / 16) * (vggishPatch[1] / 16) * channels[3]
}

function logMel({ frontEnd }: Parts, patches: number): StageStep {
  return { name: 'logmel', forward: (x) => tf.reshape(frontEnd!.forward(x), [-1, patches, ...vggishPatch, 1]) }
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
