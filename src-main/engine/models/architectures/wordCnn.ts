import type { HeadName } from '../../../domain/trainingPlan.ts'
import { hear } from '../../frontends/hear.ts'
import { avgPool, maxPool } from '../../native/pooling.ts'
import { scaleInputs, type ChannelAffine } from '../batchNorm.ts'
import { endInRelu } from '../rectifier.ts'
import { sequence, type Architecture, type Layer, type Parts, type StageStep } from './architecture.ts'
import { biasedConvolution } from './biasedConvolution.ts'
import { dense } from './dense.ts'
import { channelAffine, normAffine } from './foldedConvolution.ts'
import { hannPool } from './hannPool.ts'
import { headStages } from './hearingHeads.ts'
import { rectified } from './rectified.ts'
import { flatSize, normEpsilon, wordCnnSizes, type WordCnnSizes } from './wordCnnSizes.ts'

/**
 * The word network of the 2019 paper: strided convolutions and max pools.
 *
 * @source sizes from the authors' later PyTorch port (kell2018.py): the paper's table S2 was not at hand
 */
export const wordCnnAliased: Architecture = (parts) => {
  const sizes = wordCnnSizes(parts.card, ['word'])
  const [c0, c1] = sizes.channels
  const conv0 = convolution(parts, 'conv_0', { norm: 'batchnorm_0', window: [7, 14], stride: 3, input: 1, output: c0 })
  const conv1 = convolution(parts, 'conv_1', { norm: 'batchnorm_1', window: [4, 8], stride: 2, input: c0, output: c1 })
  return [
    cochleagram(parts),
    rectified('conv_0', conv0),
    { name: 'pool_0', forward: (x) => maxPool(x, [2, 5], [2, 2], 'same') },
    rectified('conv_1', conv1),
    { name: 'pool_1', forward: (x) => maxPool(x, [2, 5], [2, 2], 'same') },
    ...sharedStages(parts, sizes),
  ]
}

/**
 * Its reduced-aliasing twin, trained for one task or two: each stride is taken by a Hann pool instead. The stride-1 convolutions conv_0 and conv_1 belong to
 * the stages pool_0_0 and pool_1_0: alone, conv_0 would be a stage of eight million units that nobody matches.
 *
 * @source rule: Feather et al. 2019, section 3.2; order convolution, ReLU, pool: authors' later code
 */
export const wordCnnReducedAliasing = (...heads: [...HeadName[], HeadName]): Architecture => (parts) => {
  const sizes = wordCnnSizes(parts.card, heads)
  const [c0, c1] = sizes.channels
  const conv0 = convolution(parts, 'conv_0', { norm: 'batchnorm_0', window: [7, 14], stride: 1, input: 1, output: c0 })
  const conv1 = convolution(parts, 'conv_1', { norm: 'batchnorm_1', window: [4, 8], stride: 1, input: c0, output: c1 })
  return [
    cochleagram(parts),
    pooled('pool_0_0', conv0, hannPool(parts.tensors, 3, c0)),
    { name: 'pool_0_1', forward: hannPool(parts.tensors, 2, c0) },
    pooled('pool_1_0', conv1, hannPool(parts.tensors, 2, c1)),
    { name: 'pool_1_1', forward: hannPool(parts.tensors, 2, c1) },
    ...sharedStages(parts, sizes),
  ]
}

/** What all forms have in common, from conv_2 on. */
function sharedStages(parts: Parts, { channels: [, c1, c2, c3, c4], fc, outputs }: WordCnnSizes): StageStep[] {
  const flat = flatSize(parts.frontEnd!, c4)
  return [
    rectified('conv_2', convolution(parts, 'conv_2', { norm: 'batchnorm_2', window: [2, 5], stride: 1, input: c1, output: c2 })),
    rectified('conv_3', convolution(parts, 'conv_3', { window: [2, 5], stride: 1, input: c2, output: c3 })),
    rectified('conv_4', convolution(parts, 'conv_4', { window: [2, 5], stride: 1, input: c3, output: c4 })),
    { name: 'pool_4', forward: (x) => avgPool(x, [2, 5], [2, 2], 'same') },
    rectified('fc_intermediate', dense(parts, 'fc_intermediate.kernel', 'fc_intermediate.bias', flat, fc)),
    ...headStages(parts, outputs, { from: 'fc_intermediate', inputs: fc }),
  ]
}

function cochleagram({ frontEnd }: Parts): StageStep {
  return { name: 'cochleagram', forward: (x) => hear(frontEnd!, x) }
}

/** A plain gradient also at the generation layer: it ends in a pool, though a ReLU lies just before. */
function pooled(name: string, layer: Layer, pool: Layer): StageStep {
  return { name, forward: (x) => pool(endInRelu(layer(x), 'ordinary')) }
}

interface ConvolutionSize {
  /** Batch norm before it. */
  norm?: string
  /** [frequency, time] */
  window: [number, number]
  stride: number
  input: number
  output: number
}

function convolution(parts: Parts, name: string, { norm, window, stride, input, output }: ConvolutionSize): Layer {
  const affine = norm ? normBefore(parts, norm, input) : null
  const folds = affine !== null && affine.offset.every((value) => value === 0)
  const names = { kernel: `${name}.kernel`, bias: `${name}.bias` }
  const adapt = folds ? (kernel: Float32Array) => scaleInputs(kernel, affine.scale, output) : undefined
  const layer = biasedConvolution(parts, names, [...window, input, output], { strides: [stride, stride], padding: 'same' }, adapt)
  return affine && !folds ? sequence([channelAffine(parts, affine), layer]) : layer
}

function normBefore(parts: Parts, norm: string, channels: number): ChannelAffine {
  const names = { gamma: `${norm}.gamma`, beta: `${norm}.beta`, mean: `${norm}.mean`, variance: `${norm}.variance` }
  return normAffine(parts, names, channels, normEpsilon)
}
