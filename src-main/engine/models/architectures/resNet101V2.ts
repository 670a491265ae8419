import * as tf from '@tensorflow/tfjs-core'
import { avgPool, maxPool } from '../../native/pooling.ts'
import { residualUnit, type ResidualUnit } from '../../native/residualUnit.ts'
import { outputsOf, sequence, variantOf, type Architecture, type Layer, type Parts, type StageStep } from './architecture.ts'
import { biasedConvolution, biasedFilter } from './biasedConvolution.ts'
import { dense } from './dense.ts'
import { affineTensors, channelAffineRelu, foldedConvolution, foldedFilter, normAffine } from './foldedConvolution.ts'
import { pictureScaling } from './pictureScaling.ts'
import { resNetBlocks, resNetChannels, resNetEpsilon, resNetFolded, resNetNorm, type ResNetUnit } from './resNet101V2Layout.ts'

/**
 * ResNet-101-V2: norm and ReLU come before the convolutions, so that conv1 and every block end in a linear sum. Weights are named as in
 * Keras Applications.
 *
 * @source He et al. 2016; sizes, paddings and epsilon of Keras Applications; stages: authors' figure of human results
 */
export const resNet101V2: Architecture = (parts) => {
  const conv1 = convolution(parts, 'conv1_conv', [7, 7, 3, 64], 2)
  return [
    { name: 'conv1', forward: sequence([pictureScaling(parts), zeros(3), conv1]) },
    ...blockStages(parts),
    { name: 'global_pool', forward: sequence([normAndRelu(parts, 'post_bn', resNetChannels), (x) => tf.mean(x, [1, 2])]) },
    { name: 'logits', forward: dense(parts, 'predictions.kernel', 'predictions.bias', resNetChannels, outputsOf(parts)) },
  ]
}

function blockStages(parts: Parts): StageStep[] {
  return resNetBlocks.map((units, b) => {
    const layers = units.map((one) => unit(parts, one))
    return { name: `block${b + 1}`, forward: sequence(b === 0 ? [firstPool(parts), ...layers] : layers) }
  })
}

/** The border counts as zeros here, and conv1 ends without a ReLU, so zeros can win. In slim it does not count, and windows lie one pixel on. */
function firstPool(parts: Parts): Layer {
  if (variantOf(parts) === 'slim') return (x) => maxPool(x, [3, 3], [2, 2], 'same')
  return sequence([zeros(1), (x) => maxPool(x, [3, 3], [2, 2], 'valid')])
}

/** Narrow, filter, widen; plus the input, or a projection of it, or every other pixel of it. */
function unit(parts: Parts, size: ResNetUnit): Layer {
  return size.stride === 1 && !size.first ? plainUnit(parts, size) : changingUnit(parts, size)
}

/** One whose result has the shape of its input. */
function plainUnit(parts: Parts, { name, input, width, output }: ResNetUnit): Layer {
  const { factor, shift } = affineTensors(parts, normAffine(parts, resNetNorm(`${name}_preact_bn`), input, resNetEpsilon))
  const weights: ResidualUnit = {
    scale: factor,
    offset: shift,
    narrow: foldedFilter(parts, resNetFolded(`${name}_1`), [1, 1, input, width]),
    filter: foldedFilter(parts, resNetFolded(`${name}_2`), [3, 3, width, width]),
    widen: biasedFilter(parts, biasedNames(`${name}_3_conv`), [1, 1, width, output]),
  }
  return (x) => residualUnit(x, weights)
}

function changingUnit(parts: Parts, { name, input, width, output, stride, first }: ResNetUnit): Layer {
  const before = normAndRelu(parts, `${name}_preact_bn`, input)
  const projection = first ? convolution(parts, `${name}_0_conv`, [1, 1, input, output], stride) : null
  const body = sequence([
    normedConvolution(parts, `${name}_1`, [1, 1, input, width], 1, 'valid'),
    // At stride 1 TensorFlow's SAME padding is symmetric.
    ...(stride === 1 ? [] : [zeros(1)]),
    normedConvolution(parts, `${name}_2`, [3, 3, width, width], stride, stride === 1 ? 'same' : 'valid'),
    convolution(parts, `${name}_3_conv`, [1, 1, width, output], 1),
  ])
  return (x) => {
    const active = before(x)
    return tf.add(projection ? projection(active) : everyOther(x, stride), body(active))
  }
}

/** Keras takes the maximum of one pixel. Its average is the same, and tfjs' WebAssembly has a wrong gradient of that maximum. */
function everyOther(x: tf.Tensor, stride: number): tf.Tensor {
  return stride === 1 ? x : avgPool(x, [1, 1], [stride, stride], 'valid')
}

/** Zeros on all four sides: symmetric, where TensorFlow's SAME would put more at the bottom and right. */
function zeros(width: number): Layer {
  return (x) => tf.pad(x, [[0, 0], [width, width], [width, width], [0, 0]])
}

/** A norm on a sum that the shortcut needs as well: it cannot be folded. */
function normAndRelu(parts: Parts, name: string, channels: number): Layer {
  return channelAffineRelu(parts, normAffine(parts, resNetNorm(name), channels, resNetEpsilon))
}

function normedConvolution(parts: Parts, name: string, shape: number[], stride: number, padding: 'same' | 'valid'): Layer {
  return foldedConvolution(parts, resNetFolded(name), shape, { strides: [stride, stride], padding, relu: true })
}

function convolution(parts: Parts, name: string, shape: number[], stride: number): Layer {
  return biasedConvolution(parts, biasedNames(name), shape, { strides: [stride, stride], padding: 'valid' })
}

function biasedNames(name: string): Record<'kernel' | 'bias', string> {
  return { kernel: `${name}.kernel`, bias: `${name}.bias` }
}
