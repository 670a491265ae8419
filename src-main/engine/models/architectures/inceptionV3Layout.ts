import type { FoldedNames } from './foldedConvolution.ts'

const epsilon = 1e-3

/** A convolution, batch norm without a scale, ReLU. */
export interface InceptionConvolution {
  name: string
  /** [down, across] */
  window: readonly [number, number]
  stride: 1 | 2
  padding: 'same' | 'valid'
  input: number
  output: number
}

/** Convolutions one after the other; then, where there is a fork, several side by side. */
export interface InceptionBranch {
  /** An average of 3 x 3 comes first. */
  averaged: boolean
  chain: InceptionConvolution[]
  fork: InceptionConvolution[]
}

export type StemStage = { name: string; kind: 'convolution'; convolution: InceptionConvolution } | { name: string; kind: 'pool' }

/** Branches side by side, their channels one after the other. */
export interface MixedStage {
  name: string
  branches: InceptionBranch[]
  /** Halves its size: a pool of its input comes last. */
  reduces: boolean
}

/** What comes before the first Mixed stage; pools are maxima of 3 x 3 at stride 2, no padding. */
export const inceptionStem: readonly StemStage[] = [
  stem('Conv2d_1a_3x3', [3, 3], 3, 32, 'valid', 2),
  stem('Conv2d_2a_3x3', [3, 3], 32, 32, 'valid'),
  stem('Conv2d_2b_3x3', [3, 3], 32, 64, 'same'),
  { name: 'MaxPool_3a_3x3', kind: 'pool' },
  stem('Conv2d_3b_1x1', [1, 1], 64, 80, 'valid'),
  stem('Conv2d_4a_3x3', [3, 3], 80, 192, 'valid'),
  { name: 'MaxPool_5a_3x3', kind: 'pool' },
]

function stem(name: string, window: [number, number], input: number, output: number, padding: 'same' | 'valid', stride: 1 | 2 = 1): StemStage {
  return { name, kind: 'convolution', convolution: { name, window, stride, padding, input, output } }
}

/** [down, across, filters] at stride 1, SAME padding. */
type Window = readonly [number, number, number]

/** A branch as it is written down; `halves`: its last convolution has stride 2 and no padding. */
interface BranchSizes {
  chain: readonly Window[]
  fork?: readonly Window[]
  averaged?: boolean
  halves?: boolean
}

const mixed: ReadonlyArray<{ name: string; branches: BranchSizes[]; reduces?: boolean }> = [
  { name: 'Mixed_5b', branches: windowsOf5(32) },
  { name: 'Mixed_5c', branches: windowsOf5(64) },
  { name: 'Mixed_5d', branches: windowsOf5(64) },
  { name: 'Mixed_6a', branches: [halving([3, 3, 384]), halving([1, 1, 64], [3, 3, 96], [3, 3, 96])], reduces: true },
  { name: 'Mixed_6b', branches: windowsOf7(128) },
  { name: 'Mixed_6c', branches: windowsOf7(160) },
  { name: 'Mixed_6d', branches: windowsOf7(160) },
  { name: 'Mixed_6e', branches: windowsOf7(192) },
  { name: 'Mixed_7a', branches: [halving([1, 1, 192], [3, 3, 320]), halving([1, 1, 192], [1, 7, 192], [7, 1, 192], [3, 3, 192])], reduces: true },
  { name: 'Mixed_7b', branches: forks() },
  { name: 'Mixed_7c', branches: forks() },
]

/** Each takes the channels of the one before it. */
export const inceptionMixed: readonly MixedStage[] = mixedStages(192)

/** Of the last Mixed stage. */
export const inceptionChannels = 2048

function mixedStages(input: number): MixedStage[] {
  let channels = input
  return mixed.map(({ name, branches: sizes, reduces = false }) => {
    const branches = sizes.map((branch, i) => branchOf(`${name}.Branch_${i}`, branch, channels))
    channels = branches.reduce((sum, branch) => sum + channelsOf(branch), reduces ? channels : 0)
    return { name, branches, reduces }
  })
}

function branchOf(name: string, { chain: windows, fork = [], averaged = false, halves = false }: BranchSizes, input: number): InceptionBranch {
  // The average pool comes before the convolution and has the place 0a.
  const first = averaged ? 1 : 0
  let channels = input
  const chain = windows.map((window, i) => {
    const one = convolutionOf(name, window, first + i, channels, halves && i === windows.length - 1)
    channels = one.output
    return one
  })
  return { averaged, chain, fork: fork.map((window, i) => convolutionOf(name, window, windows.length + i, channels, false)) }
}

function convolutionOf(branch: string, [down, across, output]: Window, place: number, input: number, halves: boolean): InceptionConvolution {
  const letter = String.fromCharCode('a'.charCodeAt(0) + place)
  const name = `${branch}.${halves ? 'Conv2d_1a' : `Conv2d_0${letter}`}_${down}x${across}`
  return { name, window: [down, across], stride: halves ? 2 : 1, padding: halves ? 'valid' : 'same', input, output }
}

function channelsOf({ chain, fork }: InceptionBranch): number {
  return (fork.length > 0 ? fork : chain.slice(-1)).reduce((sum, { output }) => sum + output, 0)
}

function windowsOf5(pooled: number): BranchSizes[] {
  return [
    { chain: [[1, 1, 64]] },
    { chain: [[1, 1, 48], [5, 5, 64]] },
    { chain: [[1, 1, 64], [3, 3, 96], [3, 3, 96]] },
    { chain: [[1, 1, pooled]], averaged: true },
  ]
}

/** 7 x 7 windows split into rows and columns. */
function windowsOf7(width: number): BranchSizes[] {
  return [
    { chain: [[1, 1, 192]] },
    { chain: [[1, 1, width], [1, 7, width], [7, 1, 192]] },
    { chain: [[1, 1, width], [7, 1, width], [1, 7, width], [7, 1, width], [1, 7, 192]] },
    { chain: [[1, 1, 192]], averaged: true },
  ]
}

function forks(): BranchSizes[] {
  const fork: Window[] = [[1, 3, 384], [3, 1, 384]]
  return [
    { chain: [[1, 1, 320]] },
    { chain: [[1, 1, 384]], fork },
    { chain: [[1, 1, 448], [3, 3, 384]], fork },
    { chain: [[1, 1, 192]], averaged: true },
  ]
}

function halving(...chain: Window[]): BranchSizes {
  return { chain, halves: true }
}

/** Names of a convolution's weights and of its batch norm's. */
export function inceptionNames(name: string): FoldedNames {
  return { kernel: `${name}.kernel`, norm: { gamma: null, beta: `${name}.beta`, mean: `${name}.mean`, variance: `${name}.variance` }, epsilon }
}
