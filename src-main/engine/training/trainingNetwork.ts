import type { HeadName } from '../../domain/trainingPlan.ts'
import type { TrainingLayer } from './layers/layer.ts'

/** A network in training: layers in order, then the heads side by side. */
export interface TrainingNetwork {
  trunk: readonly TrainingLayer[]
  heads: ReadonlyArray<{ head: HeadName; layer: TrainingLayer }>
  dispose(): void
}

/** Gives a weight its first values: row-major, by its name in training. */
export type StartValues = (name: string, shape: number[]) => Float32Array
