import type { FoldedNames } from '../../models/architectures/foldedConvolution.ts'
import type { Variable } from '../../native/variable.ts'
import { residualLayer } from '../layers/chain.ts'
import { fixedNormLayer } from '../layers/fixedNorm.ts'
import type { TrainingLayer } from '../layers/layer.ts'
import { concatenatedLayer, summedLayer } from '../layers/parallel.ts'
import { normVariables } from '../makeLayers.ts'
import type { VariableMaker } from '../variableMaker.ts'
import { foldedWeights, weightsAsTheyLie, type LearnedWeights } from './learnedWeights.ts'

/** A layer that learns, before its variables are made: what it is told of a weight file can be read and written without it. */
export interface LayerPlan {
  weights: readonly LearnedWeights[]
  make(make: VariableMaker): TrainingLayer
}

/** Makes a layer of a kernel and a bias. */
type BiasedLayer = (name: string, kernel: Variable, bias: Variable) => TrainingLayer

export function withoutWeights(layer: TrainingLayer): LayerPlan {
  return { weights: [], make: () => layer }
}

/** A layer whose kernel and bias lie in the file as `name.kernel` and `name.bias`. */
export function biased(name: string, shape: number[], layer: BiasedLayer): LayerPlan {
  const channels = shape.at(-1)!
  return { weights: [weightsAsTheyLie(new Map([[`${name}.kernel`, shape], [`${name}.bias`, [channels]]]))], make: makerOf(name, shape, channels, layer) }
}

/** A layer that takes in the batch norm after it. @param channels  of the result, where the kernel's last axis is not theirs */
export function folded(name: string, names: FoldedNames, shape: number[], layer: BiasedLayer, channels: number = shape.at(-1)!): LayerPlan {
  return { weights: [foldedWeights(name, names, shape, channels)], make: makerOf(name, shape, channels, layer) }
}

function makerOf(name: string, shape: number[], channels: number, layer: BiasedLayer): LayerPlan['make'] {
  return (make) => layer(name, make(`${name}.kernel`, shape), make(`${name}.bias`, [channels]))
}

/** A batch norm that no convolution can take in. Its scale and offset learn; its statistics stay. */
export function norm(name: string, channels: number, epsilon: number): LayerPlan {
  return {
    weights: [weightsAsTheyLie(new Map(['gamma', 'beta', 'mean', 'variance'].map((part) => [`${name}.${part}`, [channels]])))],
    make: (make) => fixedNormLayer(name, normVariables(make, name, channels), epsilon),
  }
}

/** One after the other, and what came in added to what comes out. */
export function residual(name: string, plans: readonly LayerPlan[]): LayerPlan {
  return { weights: weightsOf(plans), make: (make) => residualLayer(name, plans.map((plan) => plan.make(make))) }
}

/** Side by side, their channels one after the other. */
export function concatenated(name: string, branches: ReadonlyArray<readonly LayerPlan[]>): LayerPlan {
  return { weights: weightsOf(branches.flat()), make: (make) => concatenatedLayer(name, madeOf(branches, make)) }
}

/** Side by side, added up. */
export function summed(name: string, branches: ReadonlyArray<readonly LayerPlan[]>): LayerPlan {
  return { weights: weightsOf(branches.flat()), make: (make) => summedLayer(name, madeOf(branches, make)) }
}

function madeOf(branches: ReadonlyArray<readonly LayerPlan[]>, make: VariableMaker): TrainingLayer[][] {
  return branches.map((branch) => branch.map((plan) => plan.make(make)))
}

export function weightsOf(plans: readonly LayerPlan[]): LearnedWeights[] {
  return plans.flatMap(({ weights }) => weights)
}
