/** What the program tells about a network: plain data, no tensors. */

export type StimulusKind = 'image' | 'audio'

export interface StageSummary {
  name: string
  /** Without the batch axis, channels last. */
  shape: number[]
  /** Offered as a generation layer. */
  metamerLayer: boolean
  /** The activation that ends the stage; decides where the modified gradient applies. */
  endsIn: 'linear' | 'relu' | 'relu6' | 'clipped-relu'
}

export type WeightsState = 'trained' | 'random' | 'needed'

export interface WeightsSummary {
  state: WeightsState
  /** Where they come from, in words; for 'needed': which file, where to find it. */
  source: string
  /** Seed of random weights, else null. */
  seed: number | null
  /** SHA-256 of the weight file, or of the recipe of random or needed weights; identifies the network in a project. */
  hash: string
  licence: string
  /** Of trained weights: the file's name, in the network's folder. */
  file?: string | null
}

export interface TrainedWeights {
  file: string
  /** Where the user finds it, or that it was not published. */
  where: string
  /** In which it can be imported. */
  formats: string[]
}

/** What a network takes, in the variable that synthesis optimises. */
export type NetworkInput =
  | { kind: 'image'; height: number; width: number; channels: 3; range: [0, 1] }
  | { kind: 'audio'; samples: number; sampleRateHz: number }

/** What a cochleagram front end gives: the variable of a synthesis that moves it instead of the sound. */
export interface CochleagramSpace {
  kind: 'cochleagram'
  /** Two front ends of one name and size hear the same. */
  frontEnd: 'cochleagram' | 'cochleagram-2023'
  rows: number
  columns: number
}

/** Where a signal lies: in a network's input, or behind its front end. */
export type SignalSpace = NetworkInput | CochleagramSpace

export interface NetworkSummary {
  name: string
  /** Other names under which it can be asked for; what is stored carries its own. */
  aliases?: string[]
  title: string
  kind: StimulusKind
  input: NetworkInput
  /** Where its front end is a cochleagram: what that gives. */
  cochleagram?: CochleagramSpace | null
  stages: StageSummary[]
  /** Class names in index order; empty when the network has none. */
  labels: string[]
  /** Labels before those of the list: 1 where the network has a "background" class of its own. */
  labelOffset?: number
  /** One that the user added, kept in the folder of own networks. */
  own?: boolean
  /**
   * 'softmax': one label out of all. 'sigmoid': each label on its own, and the highest counts. 'ctc': a text; the labels are its
   * symbols, and the last, the blank, separates.
   */
  head: 'softmax' | 'sigmoid' | 'ctc'
  weights: WeightsSummary
  /** Weights that somebody trained and that can be imported; none where they come with the program, or none are known. */
  trainedWeights?: TrainedWeights | null
  /** Base learning rate of the paper for this network. */
  baseLearningRate: number
  /**
   * Signals go through it one at a time. So they do through a whole graph from a file: it may be fixed to one example, or mix those of
   * a batch.
   */
  oneAtATime?: boolean
  /** Where its late stages can go on learning with other labels: the first of them, unless another is chosen. */
  learnsFrom?: string | null
  /** Present when only the native engine can synthesise with it: the reason. */
  needsNativeEngine: string | null
}

/** The engine as it runs now; shown in the window and by `lab info`. */
export interface EngineInfo {
  /** 'tensorflow' is the native engine; the others are slow. */
  backend: 'tensorflow' | 'wasm' | 'cpu'
  tensorflowVersion: string | null
  /** "CPU", "CPU with compiled kernels" or "GPU": numbers differ in the last digits. */
  device: string
  threads: number
  /** True under the slow engines; then `slowReason` says why and what to do. */
  slow: boolean
  slowReason: string | null
  nodeVersion: string
}
