import type { Card } from '../../domain/card.ts'
import type { TestScores, TrainingResult } from '../../domain/training.ts'
import type { NamedArray, NamedArrays } from '../../domain/weights.ts'
import { createTrainer, type Trainer, type TrainerSettings, type TrainerState } from '../../engine/training/trainNetwork.ts'
import type { StartValues, TrainingNetwork } from '../../engine/training/trainingNetwork.ts'
import type { Dataset } from './dataset.ts'
import type { ExampleOrder } from './example.ts'
import type { ThreadStart } from './exampleThread.ts'
import type { Answers } from './mixClip.ts'

/** What a training is about: what differs between networks that hear and networks that see. Owns its tensors. */
export interface TrainingSubject {
  dataset: Dataset
  /** For the thread that makes its examples. */
  thread: ThreadStart
  /** Of one example as the network takes it. */
  shape: readonly number[]
  /** From the thread's example to that, by frozen stages; null: the thread makes it. */
  encode: ((signal: Float32Array) => Float32Array) | null
  answersOf(order: ExampleOrder): Answers
  /** Of the file in which encoded examples are kept; of everything that they depend on. */
  cacheName: string
  /** SHA-256 of all that a checkpoint depends on; how long to train, rate and schedule, and when to look may change in between. */
  identity: string
  settings: TrainerSettings
  /** First values of the weights. */
  start: StartValues
  network(start: StartValues): TrainingNetwork
  tests(): SubjectTest[]
  /** What the weight file holds. @param learned  the network's weights by their names in training */
  weightFile(learned: NamedArrays): NamedArrays
  /** The other way: what was learned, out of such a file. */
  learned(weightFile: NamedArrays): StartValues
  /** Name of the first convolution's kernel in the weight file. */
  firstKernel: string
  /** Turns it to how it is drawn; absent: as it is. */
  drawn?(kernel: NamedArray): NamedArray
  card(weights: { hash: string; source: string; licence: string }, result: EndOfTraining): Card
  dispose(): void
}

/** One test of the finished network. */
export interface SubjectTest extends Pick<TestScores, 'split' | 'snrDb'> {
  orders: ExampleOrder[]
}

/** All of a result but where it lies. */
export type EndOfTraining = Omit<TrainingResult, 'folder' | 'weightsHash'>

/** The subject's network, ready to learn or to be asked. @param state  where an interrupted training stood */
export function trainerOf({ network, settings, shape }: TrainingSubject, start: StartValues, state: TrainerState | null = null): Trainer {
  return createTrainer(network(start), settings, shape, state)
}

/** Values of one example. */
export function lengthOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
