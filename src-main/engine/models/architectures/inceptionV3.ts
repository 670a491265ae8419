import * as tf from '@tensorflow/tfjs-core'
import { avgPool, maxPool } from '../../native/pooling.ts'
import { relu } from '../../native/relu.ts'
import { endInRelu } from '../rectifier.ts'
import type { EndGradient } from '../stage.ts'
import { outputsOf, variantOf, type Architecture, type Layer, type Parts, type StageStep } from './architecture.ts'
import { dense } from './dense.ts'
import { foldedConvolution } from './foldedConvolution.ts'
import { pictureScaling } from './pictureScaling.ts'
import { rectified } from './rectified.ts'

const epsilon = 1e-3

/** [down, across, filters]: a convolution, batch norm without a scale, ReLU. The default is stride 1, SAME padding. */
type Window = readonly [number, number, number]
interface Convolution {
  window: Window
  /** Stride 2, no padding. */
  halves?: boolean
}
/** Convolutions one after the other; the last may be several side by side. */
interface Branch {
  chain: Convolution[]
  fork?: Convolution[]
  averaged?: boolean
}

/**
 * Inception-V3. Convolutions are named after the public TensorFlow-slim network; within a branch they count 0a, 0b, ... throughout.
 * A Mixed stage that keeps its size ends in the ReLUs of all its branches, and 'generation' changes every one of them.
 *
 * @source Szegedy et al. 2016; sizes and paddings of Keras Applications; stages: authors' figure of human results
 */
export const inceptionV3: Architecture = (parts) => {
  const scaling = pictureScaling(parts)
  const first = convolution(parts, 'Conv2d_1a_3x3', { window: [3, 3, 32], halves: true }, 3)
  const named = (name: string, window: Window, input: number, padding: 'same' | 'valid') =>
    rectified(name, convolution(parts, name, { window }, input, padding))
  const stem: StageStep[] = [
    rectified('Conv2d_1a_3x3', (x) => first(scaling(x))),
    named('Conv2d_2a_3x3', [3, 3, 32], 32, 'valid'),
    named('Conv2d_2b_3x3', [3, 3, 64], 32, 'same'),
    { name: 'MaxPool_3a_3x3', forward: halve },
    named('Conv2d_3b_1x1', [1, 1, 80], 64, 'valid'),
    named('Conv2d_4a_3x3', [3, 3, 192], 80, 'valid'),
    { name: 'MaxPool_5a_3x3', forward: halve },
  ]
  return [
    ...stem,
    ...mixedStages(parts, 192),
    { name: 'AvgPool_1a', forward: (x) => tf.mean(x, [1, 2]) },
    { name: 'logits', forward: dense(parts, 'Logits.kernel', 'Logits.bias', 2048, outputsOf(parts)) },
  ]
}

/** Each Mixed stage takes the concatenated channels of the one before it. */
function mixedStages(parts: Parts, input: number): StageStep[] {
  let channels = input
  return mixed.map(({ name, branches, reduces }) => {
    const step = reduces ? reduction(parts, name, branches, channels) : concatenation(parts, name, branches, channels)
    channels = branches.reduce((sum, branch) => sum + channelsOf(branch), reduces ? channels : 0)
    return step
  })
}

const mixed: { name: string; branches: Branch[]; reduces?: boolean }[] = [
  { name: 'Mixed_5b', branches: windowsOf5(32) },
  { name: 'Mixed_5c', branches: windowsOf5(64) },
  { name: 'Mixed_5d', branches: windowsOf5(64) },
  { name: 'Mixed_6a', branches: [chain([3, 3, 384]), chain([1, 1, 64], [3, 3, 96], [3, 3, 96])].map(lastHalves), reduces: true },
  { name: 'Mixed_6b', branches: windowsOf7(128) },
  { name: 'Mixed_6c', branches: windowsOf7(160) },
  { name: 'Mixed_6d', branches: windowsOf7(160) },
  { name: 'Mixed_6e', branches: windowsOf7(192) },
  {
    name: 'Mixed_7a',
    branches: [chain([1, 1, 192], [3, 3, 320]), chain([1, 1, 192], [1, 7, 192], [7, 1, 192], [3, 3, 192])].map(lastHalves),
    reduces: true,
  },
  { name: 'Mixed_7b', branches: forks() },
  { name: 'Mixed_7c', branches: forks() },
]

function windowsOf5(pooled: number): Branch[] {
  return [
    chain([1, 1, 64]),
    chain([1, 1, 48], [5, 5, 64]),
    chain([1, 1, 64], [3, 3, 96], [3, 3, 96]),
    { ...chain([1, 1, pooled]), averaged: true },
  ]
}

/** 7 x 7 windows split into rows and columns. */
function windowsOf7(width: number): Branch[] {
  return [
    chain([1, 1, 192]),
    chain([1, 1, width], [1, 7, width], [7, 1, 192]),
    chain([1, 1, width], [7, 1, width], [1, 7, width], [7, 1, width], [1, 7, 192]),
    { ...chain([1, 1, 192]), averaged: true },
  ]
}

function forks(): Branch[] {
  const fork = ([[1, 3, 384], [3, 1, 384]] as Window[]).map((window) => ({ window }))
  return [
    chain([1, 1, 320]),
    { ...chain([1, 1, 384]), fork },
    { ...chain([1, 1, 448], [3, 3, 384]), fork },
    { ...chain([1, 1, 192]), averaged: true },
  ]
}

function chain(...windows: Window[]): Branch {
  return { chain: windows.map((window) => ({ window })) }
}

function lastHalves(branch: Branch): Branch {
  return { chain: branch.chain.map((step, i, all) => (i === all.length - 1 ? { ...step, halves: true } : step)) }
}

function channelsOf({ chain, fork }: Branch): number {
  return (fork ?? chain.slice(-1)).reduce((sum, { window }) => sum + window[2], 0)
}

/** A stage that keeps its size: it ends in the ReLU of every branch. */
function concatenation(parts: Parts, name: string, branches: Branch[], input: number): StageStep {
  const built = branches.map((branch, i) => beforeRelu(parts, `${name}.Branch_${i}`, branch, input))
  const forward = (x: tf.Tensor, end: EndGradient) => tf.concat(built.flatMap((branch) => branch(x)).map((y) => endInRelu(y, end)), 3)
  return { name, forward }
}

/** A stage that halves its size: one branch is a pool, so the stage has no one ReLU at its end, and the gradient is plain. */
function reduction(parts: Parts, name: string, branches: Branch[], input: number): StageStep {
  const built = branches.map((branch, i) => beforeRelu(parts, `${name}.Branch_${i}`, branch, input))
  return { name, forward: (x) => tf.concat([...built.flatMap((branch) => branch(x)).map(relu), halve(x)], 3) }
}

/** A branch up to its last ReLU and without it: one tensor, or one for each prong of its fork. */
function beforeRelu(parts: Parts, name: string, { chain, fork, averaged }: Branch, input: number): (x: tf.Tensor) => tf.Tensor[] {
  const letter = (i: number) => String.fromCharCode('a'.charCodeAt(0) + i)
  const average = averagePool(parts)
  // The average pool comes before the convolution and has the place 0a.
  const first = averaged ? 1 : 0
  let channels = input
  const layers = chain.map((step, i) => {
    const layer = convolution(parts, `${name}.${partName(step, letter(first + i))}`, step, channels)
    channels = step.window[2]
    return layer
  })
  const prongs = fork?.map((step, i) => convolution(parts, `${name}.${partName(step, letter(chain.length + i))}`, step, channels))
  return (x) => {
    const last = layers.reduce((y, layer, i) => layer(i > 0 ? relu(y) : y), averaged ? average(x) : x)
    return prongs ? prongs.map((prong) => prong(relu(last))) : [last]
  }
}

function partName({ window: [down, across], halves }: Convolution, letter: string): string {
  return halves ? `Conv2d_1a_${down}x${across}` : `Conv2d_0${letter}_${down}x${across}`
}

/** Over what lies in the picture; torchvision counts the border as zeros. */
function averagePool(parts: Parts): Layer {
  if (variantOf(parts) !== 'torchvision') return (x) => avgPool(x, [3, 3], [1, 1], 'same')
  return (x) => avgPool(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), [3, 3], [1, 1], 'valid')
}

function halve(x: tf.Tensor): tf.Tensor {
  return maxPool(x, [3, 3], [2, 2], 'valid')
}

function convolution(
  parts: Parts,
  name: string,
  { window, halves }: Convolution,
  input: number,
  padding: 'same' | 'valid' = halves ? 'valid' : 'same',
): Layer {
  const [down, across, filters] = window
  const norm = { gamma: null, beta: `${name}.beta`, mean: `${name}.mean`, variance: `${name}.variance` }
  const stride = halves ? 2 : 1
  return foldedConvolution(parts, { kernel: `${name}.kernel`, norm, epsilon }, [down, across, input, filters], { strides: [stride, stride], padding })
}
