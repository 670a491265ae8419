import type { RunEnvironment, RunState } from './run.ts'
import type { TrainingPlan } from './trainingPlan.ts'

export interface ValidationScores {
  /** Weighted sum over the heads, mean over the validation set. */
  loss: number
  /** Share of words, or of pictures, recognised; null without a head for them. */
  wordAccuracy: number | null
  /** Share whose right label is among the five best. */
  topFive: number | null
  /** Mean over the labels of the area under the ROC curve; null without a head of sounds. */
  meanAuc: number | null
  /** Of each label, in order; NaN where it has no or only positives. */
  aucByLabel: number[] | null
}

/** Scores after so many updates. */
export interface Validation extends ValidationScores {
  step: number
}

/** How well the finished network does on clips that it never saw. */
export interface TestScores extends ValidationScores {
  /** 'test-unseen': of speakers that it was not trained on. */
  split: 'test' | 'test-unseen'
  /** null: clean, nothing mixed in. */
  snrDb: number | null
  /** Or pictures. */
  clips: number
}

export interface TrainingProgress {
  trainingId: number
  /** Updates made, and in the whole training. */
  step: number
  steps: number
  epoch: number
  loss: number
  rate: number
  examplesPerSecond: number
  /** Seconds left at this speed. */
  remainingS: number
  /** Share of the time in which the trainer waited for examples, and in which it ran frozen stages; 0 without such. */
  waitShare: number
  frozenShare: number
  /** Of the compute process, in MB. */
  memoryMb: number
  phase: 'training' | 'validating' | 'testing'
}

/** What is in a data set, as far as can be said without listening or looking. */
export interface DatasetSummary {
  /** Or labels of pictures. */
  words: string[]
  sounds: string[]
  /** Clips or pictures of each split, and of each word or label in it. */
  splits: Array<{ split: string; clips: number; byWord: Record<string, number>; speakers: string[] }>
  backgrounds: Record<string, number>
  /** SHA-256 of both manifests' content as read. */
  hash: string
  /** What a person may not expect of them, a sentence each. */
  notices: string[]
}

export type StopReason = 'target reached' | 'all steps made'

/** A learning rate and how it changes, from one update on. */
export interface RatePeriod extends Pick<TrainingPlan, 'rate' | 'schedule'> {
  /** Updates made before it. */
  from: number
}

export interface TrainingResult {
  stop: StopReason
  steps: number
  seconds: number
  /** Of the network that was kept: where the target was reached the one that reached it, otherwise the best of all validations. */
  best: Validation
  tests: TestScores[]
  /** Where card and weights are. */
  folder: string
  weightsHash: string
  datasetHash: string
  /** Of all files' contents; absent in results of versions that did not look at them. */
  contentsHash?: string
  /** One for each rate that it went on with; absent in results of versions that could not change it. */
  rates?: RatePeriod[]
  /** What was done to the sounds or pictures on the way in. */
  notices: string[]
}

/** A training as a project remembers it. */
export interface TrainingSummary {
  id: number
  state: RunState
  plan: TrainingPlan
  /** Updates made up to the last checkpoint. */
  stepsDone: number
  validations: Validation[]
  result: TrainingResult | null
  environment: RunEnvironment | null
  /** Why it failed or was interrupted. */
  message: string | null
  createdAt: string
  finishedAt: string | null
}
