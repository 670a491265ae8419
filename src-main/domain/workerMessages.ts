import type { ActivationComparison } from './activations.ts'
import type { Card } from './card.ts'
import type { ErrorData } from './errors.ts'
import type { CardDraft, FileInspection, GraphDescription, ImportCheck, TryOut, WeightMatch } from './importing.ts'
import type { EngineInfo, NetworkSummary, StimulusKind } from './network.ts'
import type { UpdateProfile } from './profile.ts'
import type { Protocol } from './protocol.ts'
import type { JudgingNull, NullHistogram, NullPlan, NullSummary } from './nullDistribution.ts'
import type { NamedSignal } from './recognition.ts'
import type { Checkpoint, SynthesisProgress, SynthesisResult, Verdict } from './run.ts'
import type { CochleagramPicture, CochleagramSignal, QuantisedSignal } from './stimulus.ts'
import type { DatasetSummary, TrainingProgress, TrainingResult, Validation } from './training.ts'
import type { TrainingPlan } from './trainingPlan.ts'
import type { DataSurvey, Examination, SurveyProgress, TrainingExamples } from './trainingRecords.ts'

/** What host and compute process say to each other. Structured clone carries it (typed arrays, NaN). */

/** A stimulus on its way to the compute process: a file's bytes; the compute process decodes them. */
export interface StimulusFile {
  fileName: string
  bytes: Uint8Array
}

/** A network's card as it was found, not checked yet. */
export interface CardFile {
  fileName: string
  value: unknown
}

/** What the host needs of an inspection beside what the window shows. */
export interface InspectedFile extends FileInspection {
  /** Every file that belongs to it, the given one first; the others lie beside it. */
  files: string[]
}

/** A layer's null as it is stored. */
export interface StoredNullValues {
  summary: NullSummary
  histogram: NullHistogram
}

export interface NullResult {
  layers: StoredNullValues[]
}

export interface CheckedStimulus {
  kind: StimulusKind
  notices: string[]
  /** PNG of the picture as decoded (not cropped), for thumbnails; null for sounds. */
  thumbnailPng: Uint8Array | null
  durationS: number | null
}

/** Requests by name: parameters and result. A request is answered once, by result or error. */
export interface WorkerRequests {
  describe: { params: Record<never, never>; result: EngineInfo }
  networks: { params: Record<never, never>; result: NetworkSummary[] }
  /** Know the user's own networks beside the catalogue's, in place of those told before. Cards that cannot be used are told of. */
  useNetworks: { params: { cards: CardFile[] }; result: { problems: string[] } }
  /** Read a trained network's file, once per process, before its first use. Half a gigabyte does not go through a pipe. */
  loadWeights: { params: { network: string; file: string }; result: null }
  /** What a file holds. */
  inspectFile: { params: { path: string }; result: InspectedFile }
  /** How its arrays fall to a catalogue network's weights. */
  matchWeights: { params: { path: string; network: string }; result: WeightMatch }
  /** Write a file's arrays as a catalogue network's weights, and give the card of the network that has them. */
  importWeights: {
    params: { path: string; network: string; name: string; source: string; licence: string; labels?: string[]; output: string }
    result: { card: Card }
  }
  /** Build a network from its card and file, and see what it says to stimuli whose answer the card gives. */
  checkImport: { params: { card: CardFile; path: string; stimuli: Array<{ sample: string; stimulus: StimulusFile }> }; result: ImportCheck[] }
  /** A whole network's nodes with their shapes, for inputs of the draft's size. */
  describeGraph: { params: { path: string; draft: CardDraft }; result: GraphDescription }
  /** Build such a network and put a stimulus through it. */
  tryOut: { params: { card: CardFile; path: string; stimulus: StimulusFile }; result: TryOut }
  /** Decode only: is this a usable picture or sound, and what was decoded away? */
  checkStimulus: { params: { stimulus: StimulusFile }; result: CheckedStimulus }
  /** What is done to one stimulus, from its file to the network's input. */
  stimulusNotices: { params: { stimulus: StimulusFile; network: string }; result: { notices: string[] } }
  cochleagram: {
    params: { stimulus: StimulusFile; rows: 211 | 171; level: 'keep' | 'rms' }
    result: { shape: number[]; data: Float32Array; notices: string[] }
  }
  cochleagramPicture: { params: { stimulus: StimulusFile; rows: 211 | 171 }; result: CochleagramPicture }
  activations: {
    params: { network: string; layer: string; stimulus: StimulusFile }
    result: { shape: number[]; data: Float32Array; notices: string[] }
  }
  profile: { params: { network: string; layer: string; updates: number }; result: UpdateProfile }
  /** Round the variable of a synthesis to what a file can hold. */
  quantise: { params: { network: string; protocol: Pick<Protocol, 'space'>; signal: Float32Array }; result: QuantisedSignal }
  synthesise: {
    params: {
      runId: number
      network: string
      layer: string
      protocol: Protocol
      seed: number
      /** A cochleagram: to be made audible. */
      reference: StimulusFile | CochleagramSignal
      resumeFrom: Checkpoint | null
      null: JudgingNull | null
      /** Send a checkpoint at least this often. */
      checkpointEveryS: number
    }
    /** null when it was cancelled or paused: the last checkpoint event holds the state. */
    result: SynthesisResult | null
  }
  nullDistribution: {
    params: NullPlan & {
      jobId: number
      poolName: string
      pool: StimulusFile[]
      /** What the project holds of this network: those of the same identity are added to. */
      earlier: StoredNullValues[]
      /** For ranks that memory does not hold; a job that was stopped finds its own there. */
      workFolder: string
    }
    result: NullResult | null
  }
  /** Decide runs again, for instance after their null has grown. */
  judge: {
    params: {
      runs: Array<{ runId: number; layer: string; rho: number; sameLabel: Verdict['sameLabel']; labels: { reference: string; metamer: string } | null }>
      null: JudgingNull | null
    }
    result: Array<{ runId: number; verdict: Verdict }>
  }
  /** What there is to train on; refused where it does not fit the plan. */
  checkTrainingData: { params: { plan: TrainingPlan }; result: DatasetSummary }
  /** Train a network, from its last checkpoint where it has one; its files are written in its folder as it goes. */
  train: {
    params: { trainingId: number; plan: TrainingPlan; checkpointEveryS: number }
    /** null when it was cancelled or paused. */
    result: TrainingResult | null
  }
  /** What a finished training's network answers to clean clips or whole pictures, and its first kernels. */
  examineTraining: { params: { plan: TrainingPlan; result: Pick<TrainingResult, 'folder' | 'weightsHash' | 'datasetHash' | 'contentsHash'> }; result: Examination }
  /** Go through every file of the manifests, in a thread; null when it was stopped. */
  surveyData: { params: { surveyId: number; plan: TrainingPlan }; result: DataSurvey | null }
  /** Make examples as the training hears or sees them, in its order. */
  trainingExamples: { params: { plan: TrainingPlan; from: number; count: number }; result: TrainingExamples }
  /** Name exported signals by any network. */
  recogniseSignals: { params: { network: string; signals: QuantisedSignal[] }; result: NamedSignal[] }
  /** Activations of a run's two signals at one layer, binned; and a map of their error where it is asked for. */
  compareActivations: {
    params: { network: string; layer: string; reference: QuantisedSignal; metamer: QuantisedSignal; map: { channel: number | null } | null }
    result: ActivationComparison
  }
  /** The bootstrap error of the mean of each group of values. */
  bootstrapSems: { params: { groups: number[][]; draws: number; seed: number }; result: number[] }
}
export type WorkerRequestName = keyof WorkerRequests

export type HostMessage =
  | { type: 'request'; id: number; name: WorkerRequestName; params: unknown }
  /** Stop the synthesis or null of this job after the current step, sending a last checkpoint. */
  | { type: 'stop'; jobId: number }

export type WorkerMessage =
  | { type: 'ready' }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; error: ErrorData }
  | WorkerEvent

export type WorkerEvent =
  | { type: 'progress'; progress: SynthesisProgress }
  | { type: 'checkpoint'; runId: number; checkpoint: Checkpoint }
  | { type: 'loading'; network: string; doneBytes: number; totalBytes: number }
  | { type: 'trainingProgress'; progress: TrainingProgress }
  /** All that is known of a training so far, after each checkpoint: losses before each update. */
  | { type: 'trainingKept'; trainingId: number; step: number; validations: Validation[]; losses: Float32Array }
  | { type: 'surveyProgress'; progress: SurveyProgress }
  | { type: 'nullProgress'; jobId: number; done: number; total: number; phase: 'activations' | 'pairs' }
