import type { ActivationComparison } from '../domain/activations.ts'
import type { Figure } from '../domain/figure.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { RecognitionRow } from '../domain/recognition.ts'
import type { RunDetail } from '../domain/run.ts'
import type { CochleagramPicture, QuantisedSignal } from '../domain/stimulus.ts'
import type { TrainingSummary } from '../domain/training.ts'
import type { TrainingDetail } from '../domain/trainingRecords.ts'
import type { StoredNullValues } from '../domain/workerMessages.ts'
import type { Spec } from './draw/drawSvg.ts'

/** A training with its losses and what a close look at its network told. */
export type DrawnTraining = Pick<TrainingSummary, 'id' | 'plan' | 'stepsDone' | 'validations' | 'result'> & TrainingDetail

/** All that a figure may need, gathered by the host. */
export interface FigureInput {
  programVersion: string
  /** As it is known now; null when it is gone. */
  network: NetworkSummary | null
  /** The runs to draw: finished ones, but for the loss of a single run. */
  runs: readonly RunDetail[]
  /** Of the layer of a histogram or of a null distribution. */
  null: StoredNullValues | null
  /** Of a recognition figure, this set's only. */
  recognition: readonly RecognitionRow[]
  /** The same by the rules that are not drawn. */
  otherRules: readonly RecognitionRow[]
  /** Of one run, at one layer. */
  compared: ActivationComparison | null
  /** Of one run. */
  cochleagrams: Record<'reference' | 'metamer', CochleagramPicture> | null
  /** Of one run, as they are exported. */
  signals: Record<'reference' | 'metamer', QuantisedSignal> | null
  /** The sound of a mixed example. */
  heard: Extract<QuantisedSignal, { kind: 'audio' }> | null
  /** Of a figure of trainings. */
  trainings: readonly DrawnTraining[]
}

/** A figure before it is drawn. */
export interface PlannedFigure extends Omit<Figure, 'svg' | 'places'> {
  spec: Spec
  /** Runs that share a range of the x axis. */
  columns?: Array<{ runs: number[]; from: number; to: number }>
}
