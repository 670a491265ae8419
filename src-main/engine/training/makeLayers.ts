import { headsOf, type HeadOutputs } from '../models/architectures/hearingHeads.ts'
import { batchNormLayer, type BatchNormOptions, type BatchNormVariables } from './layers/batchNorm.ts'
import { convolutionLayer } from './layers/convolution.ts'
import { denseLayer } from './layers/dense.ts'
import type { TrainingLayer } from './layers/layer.ts'
import type { TrainingNetwork } from './trainingNetwork.ts'
import type { VariableMaker } from './variableMaker.ts'

/** What every network that hears is trained with. */
export interface HearingTraining {
  /** Outputs of each head. */
  heads: HeadOutputs
  /** Of what the front end gives. */
  rows: number
  columns: number
  /** Share of what reaches the heads that is left out in training. @source paper's later code: 0.5 */
  dropout: number
  /** Of the running statistics of batch norms. */
  normMomentum: number
  /** How batch norms add up a batch. */
  normSums: BatchNormOptions['sums']
}

export function madeConvolution(make: VariableMaker, name: string, shape: [number, number, number, number], stride = 1): TrainingLayer {
  const kernel = make(`${name}.kernel`, shape)
  return convolutionLayer(name, kernel, make(`${name}.bias`, [shape[3]]), stride)
}

export function madeDense(make: VariableMaker, name: string, inputs: number, outputs: number): TrainingLayer {
  const kernel = make(`${name}.kernel`, [inputs, outputs])
  return denseLayer(name, kernel, make(`${name}.bias`, [outputs]))
}

export function madeNorm(make: VariableMaker, name: string, channels: number, options: BatchNormOptions): TrainingLayer {
  return batchNormLayer(name, normVariables(make, name, channels), options)
}

export function normVariables(make: VariableMaker, name: string, channels: number): BatchNormVariables {
  const one = (part: keyof BatchNormVariables) => make(`${name}.${part}`, [channels])
  return { gamma: one('gamma'), beta: one('beta'), mean: one('mean'), variance: one('variance') }
}

/** The heads side by side, each on so many values. */
export function madeHeads(make: VariableMaker, heads: HeadOutputs, inputs: number): TrainingNetwork['heads'] {
  return headsOf(heads).map(({ head, weights, outputs }) => ({ head, layer: madeDense(make, weights, inputs, outputs) }))
}
