import { musicnnVggSizesSchema } from '../../../domain/hearingNetworks.ts'
import { maxPool } from '../../native/pooling.ts'
import { endInRelu } from '../rectifier.ts'
import { outputsOf, type Architecture, type Layer, type Parts, type StageStep } from './architecture.ts'
import { biasedConvolution } from './biasedConvolution.ts'
import { dense } from './dense.ts'
import { channelAffine, normAffine } from './foldedConvolution.ts'
import { headStages } from './hearingHeads.ts'
import { statedSizes } from './statedSizes.ts'

export const musicnnEpsilon = 1e-3
const fullChannels = 128

/** Windows and strides, [time, mel]. The first takes every second mel band as it is. */
export const musicnnPools = [
  { window: [4, 1], strides: [2, 2] },
  { window: [2, 2], strides: [2, 2] },
  { window: [2, 2], strides: [2, 2] },
  { window: [2, 2], strides: [2, 2] },
  { window: [4, 4], strides: [4, 4] },
] as const

/**
 * The VGG-like network of musicnn: five blocks of convolution, ReLU, batch norm and max pool, in this order. A batch norm
 * after a ReLU cannot be folded into the next convolution: its offset is absent from the border of zeros.
 *
 * @source PyPI musicnn 0.1.0, models.py, vgg; Pons & Serra 2019
 */
export const musicnnVgg: Architecture = (parts) => {
  const sizes = statedSizes(parts.card, musicnnVggSizesSchema)
  const channels = sizes?.channels ?? fullChannels
  return [
    { name: 'logmel', forward: (x) => parts.frontEnd!.forward(x) },
    { name: 'input_bn', forward: batchNorm(parts, 'batch_normalization', 1) },
    ...musicnnPools.flatMap((_, i) => block(parts, i, channels)),
    ...(sizes
      ? headStages(parts, sizes.outputs, { from: 'pool5', inputs: musicnnFlatSize(channels) })
      : [{ name: 'logits', forward: dense(parts, 'dense/kernel', 'dense/bias', musicnnFlatSize(channels), outputsOf(parts)) }]),
  ]
}

/** Values of pool5, two places. */
export function musicnnFlatSize(channels: number): number {
  return 2 * channels
}

function block(parts: Parts, i: number, channels: number): StageStep[] {
  const number = i + 1
  const { window, strides } = musicnnPools[i]!
  const convolved = convolution(parts, `${number}CNN`, i === 0 ? 1 : channels, channels)
  return [
    { name: `conv${number}`, forward: (x, end) => endInRelu(convolved(x), end) },
    { name: `bn${number}`, forward: batchNorm(parts, `batch_normalization_${number}`, channels) },
    { name: `pool${number}`, forward: (x) => maxPool(x, window, strides, 'valid') },
  ]
}

function convolution(parts: Parts, name: string, input: number, channels: number): Layer {
  return biasedConvolution(parts, { kernel: `${name}/kernel`, bias: `${name}/bias` }, [3, 3, input, channels], { strides: [1, 1], padding: 'same' })
}

function batchNorm(parts: Parts, name: string, size: number): Layer {
  const names = { gamma: `${name}/gamma`, beta: `${name}/beta`, mean: `${name}/moving_mean`, variance: `${name}/moving_variance` }
  return channelAffine(parts, normAffine(parts, names, size, musicnnEpsilon))
}
