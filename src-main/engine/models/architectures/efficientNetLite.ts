import * as tf from '@tensorflow/tfjs-core'
import { invertedResidual, type FrozenConvolution, type InvertedResidual } from '../../native/invertedResidual.ts'
import { endInRelu6 } from '../rectifier.ts'
import { outputsOf, sequence, type Architecture, type Layer, type Parts, type StageStep } from './architecture.ts'
import { dense } from './dense.ts'
import { foldedConvolution, foldedWeights, type FoldedNames } from './foldedConvolution.ts'
import { pictureScaling } from './pictureScaling.ts'

const epsilon = 1e-3

/** Groups of inverted residual blocks, EfficientNet-Lite0. `stride` is that of the group's first block. */
const groups = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, output: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, output: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, output: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, output: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, output: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, output: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, output: 320 },
]
const stemChannels = 32
const headChannels = 1280

/**
 * EfficientNet-Lite, TensorFlow's SAME padding, batch norms folded into the convolutions. A block ends in a sum without
 * activation, so only stem and head end in ReLU6.
 *
 * @param width  multiplies the channels of every block; stem and head keep theirs
 * @param depth  multiplies the blocks of every group but the first and the last
 * @source PyPI efficientnet-lite-pytorch 0.1.0; Tan & Le 2019
 */
export function efficientNetLite(width: number, depth: number): Architecture {
  return (parts) => {
    const scaling = pictureScaling(parts)
    const stem = convolution(parts, '_conv_stem', '_bn0', { size: 3, stride: 2, input: 3, output: stemChannels })
    const blocks = blockStages(parts, width, depth)
    const input = scaledChannels(groups.at(-1)!.output, width)
    const head = convolution(parts, '_conv_head', '_bn1', { size: 1, stride: 1, input, output: headChannels })
    const classifier = dense(parts, '_fc.weight', '_fc.bias', headChannels, outputsOf(parts))
    return [
      { name: 'stem', forward: (x, end) => endInRelu6(stem(scaling(x)), end) },
      ...blocks,
      { name: 'head', forward: (x, end) => endInRelu6(head(x), end) },
      { name: 'pooled', forward: (x) => tf.mean(x, [1, 2]) },
      { name: 'logits', forward: classifier },
    ]
  }
}

function blockStages(parts: Parts, width: number, depth: number): StageStep[] {
  let index = 0
  let input = stemChannels
  return groups.map((group, g) => {
    const scales = g > 0 && g < groups.length - 1
    const output = scaledChannels(group.output, width)
    const layers = Array.from({ length: scales ? Math.ceil(group.repeats * depth) : group.repeats }, (_, i) => {
      const layer = block(parts, `_blocks.${index++}`, { ...group, stride: i === 0 ? group.stride : 1, input, output })
      input = output
      return layer
    })
    return { name: `block${g + 1}`, forward: sequence(layers) }
  })
}

/** To the nearest multiple of eight, one step up where that would lose more than a tenth. */
function scaledChannels(channels: number, width: number): number {
  const wanted = channels * width
  const nearest = Math.max(8, Math.floor((wanted + 4) / 8) * 8)
  return nearest < 0.9 * wanted ? nearest + 8 : nearest
}

interface BlockSize {
  kernel: number
  stride: number
  expansion: number
  input: number
  output: number
}

/** Widen, filter each channel, narrow; plus the input where the shape stays. */
function block(parts: Parts, name: string, { kernel, stride, expansion, input, output }: BlockSize): Layer {
  const wide = input * expansion
  const inverted: InvertedResidual = {
    expand: expansion === 1 ? null : frozen(parts, `${name}._expand_conv`, `${name}._bn0`, [1, 1, input, wide], wide),
    depthwise: frozen(parts, `${name}._depthwise_conv`, `${name}._bn1`, [kernel, kernel, wide, 1], wide),
    project: frozen(parts, `${name}._project_conv`, `${name}._bn2`, [1, 1, wide, output], output),
    stride,
  }
  return (x) => invertedResidual(x, inverted)
}

function frozen(parts: Parts, name: string, norm: string, shape: [number, number, number, number], channels: number): FrozenConvolution {
  const { kernel, bias } = foldedWeights(parts, foldedNames(name, norm), shape, channels)
  const matrix = () => tf.transpose(tf.reshape(kernel(), [shape[2], shape[3]]))
  return { kernel, bias, transposed: parts.tensors.lazily(matrix) }
}

function convolution(
  parts: Parts,
  name: string,
  norm: string,
  { size, stride, input, output }: { size: number; stride: number; input: number; output: number },
): Layer {
  return foldedConvolution(parts, foldedNames(name, norm), [size, size, input, output], { strides: [stride, stride], padding: 'same' })
}

function foldedNames(name: string, norm: string): FoldedNames {
  return {
    kernel: `${name}.weight`,
    norm: { gamma: `${norm}.weight`, beta: `${norm}.bias`, mean: `${norm}.running_mean`, variance: `${norm}.running_var` },
    epsilon,
  }
}
