import * as tf from '@tensorflow/tfjs-core'
import { depthwiseConv2d } from '../../native/convolution.ts'
import { relu6 } from '../../native/relu.ts'
import { endInRelu6 } from '../rectifier.ts'
import { outputsOf, sequence, type Architecture, type Layer, type Parts } from './architecture.ts'
import { dense } from './dense.ts'
import { efficientNetLiteStages, headChannels, type LiteBlock, type LiteConvolution, type LiteSizes, type LiteStage } from './efficientNetLiteLayout.ts'
import { foldedConvolution, foldedWeights, type FoldedNames } from './foldedConvolution.ts'
import { pictureScaling } from './pictureScaling.ts'

const epsilon = 1e-3

/**
 * EfficientNet-Lite, TensorFlow's SAME padding, batch norms folded into the convolutions. A block ends in a sum without
 * activation, so only stem and head end in ReLU6.
 *
 * @source PyPI efficientnet-lite-pytorch 0.1.0; Tan & Le 2019
 */
export function efficientNetLite(sizes: LiteSizes): Architecture {
  return (parts) => {
    const scaling = pictureScaling(parts)
    const stages = efficientNetLiteStages(sizes)
    const [stem, head] = [stages[0]!, stages.at(-1)!]
    // Announced in order: an import takes the last weight for the classifier's.
    const toStem = onlyConvolution(parts, stem)
    const blocks = stages.slice(1, -1).map(({ name, blocks }) => ({ name, forward: sequence(blocks.map((one) => block(parts, one))) }))
    const toHead = onlyConvolution(parts, head)
    const classifier = dense(parts, '_fc.weight', '_fc.bias', headChannels, outputsOf(parts))
    return [
      { name: stem.name, forward: (x, end) => endInRelu6(toStem(scaling(x)), end) },
      ...blocks,
      { name: head.name, forward: (x, end) => endInRelu6(toHead(x), end) },
      { name: 'pooled', forward: (x) => tf.mean(x, [1, 2]) },
      { name: 'logits', forward: classifier },
    ]
  }
}

/** Of stem and head, whose ReLU6 ends the stage. */
function onlyConvolution(parts: Parts, { blocks }: LiteStage): Layer {
  return convolution(parts, blocks[0]!.convolutions[0]!)
}

function block(parts: Parts, { convolutions, residual }: LiteBlock): Layer {
  const body = sequence(convolutions.flatMap((one) => (one.rectified ? [convolution(parts, one), relu6] : [convolution(parts, one)])))
  return residual ? (x) => tf.add(body(x), x) : body
}

function convolution(parts: Parts, { kind, name, norm, size, stride, input, output }: LiteConvolution): Layer {
  const options = { strides: [stride, stride], padding: 'same' } as const
  if (kind === 'full') return foldedConvolution(parts, foldedNames(name, norm), [size, size, input, output], options)
  const { kernel, bias } = foldedWeights(parts, foldedNames(name, norm), [size, size, input, 1], input)
  return (x) => tf.add(depthwiseConv2d(x, kernel(), options), bias())
}

/** Names of a convolution's weights and of its batch norm's. */
export function foldedNames(name: string, norm: string): FoldedNames {
  return {
    kernel: `${name}.weight`,
    norm: { gamma: `${norm}.weight`, beta: `${norm}.bias`, mean: `${norm}.running_mean`, variance: `${norm}.running_var` },
    epsilon,
  }
}
