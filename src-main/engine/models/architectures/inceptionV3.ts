import * as tf from '@tensorflow/tfjs-core'
import { avgPool, maxPool } from '../../native/pooling.ts'
import { relu } from '../../native/relu.ts'
import { endInRelu } from '../rectifier.ts'
import type { EndGradient } from '../stage.ts'
import { outputsOf, variantOf, type Architecture, type Layer, type Parts, type StageStep } from './architecture.ts'
import { dense } from './dense.ts'
import { foldedConvolution } from './foldedConvolution.ts'
import { inceptionChannels, inceptionMixed, inceptionNames, inceptionStem, type InceptionBranch, type InceptionConvolution, type MixedStage } from './inceptionV3Layout.ts'
import { pictureScaling } from './pictureScaling.ts'
import { rectified } from './rectified.ts'

/**
 * Inception-V3. Convolutions are named after the public TensorFlow-slim network; within a branch they count 0a, 0b, ... throughout.
 * A Mixed stage that keeps its size ends in the ReLUs of all its branches, and 'generation' changes every one of them.
 *
 * @source Szegedy et al. 2016; sizes and paddings of Keras Applications; stages: authors' figure of human results
 */
export const inceptionV3: Architecture = (parts) => {
  const scaling = pictureScaling(parts)
  const stem = inceptionStem.map((stage, i): StageStep => {
    if (stage.kind === 'pool') return { name: stage.name, forward: halve }
    const layer = convolution(parts, stage.convolution)
    return rectified(stage.name, i === 0 ? (x) => layer(scaling(x)) : layer)
  })
  return [
    ...stem,
    ...inceptionMixed.map((stage) => (stage.reduces ? reduction(parts, stage) : concatenation(parts, stage))),
    { name: 'AvgPool_1a', forward: (x) => tf.mean(x, [1, 2]) },
    { name: 'logits', forward: dense(parts, 'Logits.kernel', 'Logits.bias', inceptionChannels, outputsOf(parts)) },
  ]
}

/** A stage that keeps its size: it ends in the ReLU of every branch. */
function concatenation(parts: Parts, { name, branches }: MixedStage): StageStep {
  const built = branches.map((branch) => beforeRelu(parts, branch))
  const forward = (x: tf.Tensor, end: EndGradient) => tf.concat(built.flatMap((branch) => branch(x)).map((y) => endInRelu(y, end)), 3)
  return { name, forward }
}

/** A stage that halves its size: one branch is a pool, so the stage has no one ReLU at its end, and the gradient is plain. */
function reduction(parts: Parts, { name, branches }: MixedStage): StageStep {
  const built = branches.map((branch) => beforeRelu(parts, branch))
  return { name, forward: (x) => tf.concat([...built.flatMap((branch) => branch(x)).map(relu), halve(x)], 3) }
}

/** A branch up to its last ReLU and without it: one tensor, or one for each prong of its fork. */
function beforeRelu(parts: Parts, { averaged, chain, fork }: InceptionBranch): (x: tf.Tensor) => tf.Tensor[] {
  const average = averagePool(parts)
  const layers = chain.map((one) => convolution(parts, one))
  const prongs = fork.map((one) => convolution(parts, one))
  return (x) => {
    const last = layers.reduce((y, layer, i) => layer(i > 0 ? relu(y) : y), averaged ? average(x) : x)
    return prongs.length > 0 ? prongs.map((prong) => prong(relu(last))) : [last]
  }
}

/** Over what lies in the picture; torchvision counts the border as zeros. */
function averagePool(parts: Parts): Layer {
  if (variantOf(parts) !== 'torchvision') return (x) => avgPool(x, [3, 3], [1, 1], 'same')
  return (x) => avgPool(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), [3, 3], [1, 1], 'valid')
}

function halve(x: tf.Tensor): tf.Tensor {
  return maxPool(x, [3, 3], [2, 2], 'valid')
}

function convolution(parts: Parts, { name, window, stride, padding, input, output }: InceptionConvolution): Layer {
  return foldedConvolution(parts, inceptionNames(name), [...window, input, output], { strides: [stride, stride], padding })
}
