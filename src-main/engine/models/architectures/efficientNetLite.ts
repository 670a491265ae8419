import * as tf from '@tensorflow/tfjs-core'
import { invertedResidual, type FrozenConvolution, type InvertedResidual } from '../../native/invertedResidual.ts'
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
  const { name, norm, size, stride, input, output } = blocks[0]!.convolutions[0]!
  return foldedConvolution(parts, foldedNames(name, norm), [size, size, input, output], { strides: [stride, stride], padding: 'same' })
}

/** Its convolutions are two or three: the first of three widens. */
function block(parts: Parts, { convolutions }: LiteBlock): Layer {
  const expand = convolutions.length === 3 ? frozen(parts, convolutions[0]!) : null
  const [depthwise, project] = convolutions.slice(-2) as [LiteConvolution, LiteConvolution]
  const inverted: InvertedResidual = { expand, depthwise: frozen(parts, depthwise), project: frozen(parts, project), stride: depthwise.stride }
  return (x) => invertedResidual(x, inverted)
}

function frozen(parts: Parts, { kind, name, norm, size, input, output }: LiteConvolution): FrozenConvolution {
  const shape: [number, number, number, number] = [size, size, input, kind === 'full' ? output : 1]
  const { makeKernel, bias } = foldedWeights(parts, foldedNames(name, norm), shape, output)
  const kernel = parts.tensors.lazily(makeKernel)
  const matrix = () => tf.transpose(tf.reshape(kernel(), [shape[2], shape[3]]))
  return { kernel, bias, transposed: parts.tensors.lazily(matrix) }
}

/** Names of a convolution's weights and of its batch norm's. */
export function foldedNames(name: string, norm: string): FoldedNames {
  return {
    kernel: `${name}.weight`,
    norm: { gamma: `${norm}.weight`, beta: `${norm}.bias`, mean: `${norm}.running_mean`, variance: `${norm}.running_var` },
    epsilon,
  }
}
