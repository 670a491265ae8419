import type { NamedArrays } from '../../../domain/weights.ts'
import { fileWeights } from '../../models/weightsSource.ts'
import { denseLayer } from '../layers/dense.ts'
import { dropoutLayer } from '../layers/plainLayers.ts'
import type { StartValues, TrainingNetwork } from '../trainingNetwork.ts'
import { variableMaker } from '../variableMaker.ts'
import { weightsOf, type LayerPlan } from './layerPlan.ts'

/** How a network that sees goes on learning: its stages as layers that learn, and the classifier that a new one takes the place of. */
export interface LateStages {
  /** All but the classifier, in order; each takes what the one before it gives. */
  stages: ReadonlyArray<{ name: string; layers: readonly LayerPlan[] }>
  classifier: {
    name: string
    inputs: number
    /** Of its weights in the network's weight file. */
    file: { kernel: string; bias: string }
  }
  /** Name of the first convolution's kernel in the weight file. */
  firstKernel: string
}

export interface LateTraining {
  /** The stages before it are not in the network: it takes what they give. The classifier's: only a new one learns. */
  from: string
  /** Classes. */
  labels: number
  /** Share of the classifier's input that is left out in training. */
  dropout: number
}

/** The stages of a network that learn, and a new classifier. */
export function trainableStages(network: LateStages, { from, labels, dropout }: LateTraining, start: StartValues): TrainingNetwork {
  const make = variableMaker(start)
  const { name, inputs } = network.classifier
  const trunk = [...layersFrom(network, from).map((plan) => plan.make(make)), dropoutLayer('dropout', dropout, 0)]
  const classifier = denseLayer(name, make(`${name}.kernel`, [inputs, labels]), make(`${name}.bias`, [labels]))
  return { trunk, heads: [{ head: 'word', layer: classifier }], dispose: make.dispose }
}

/**
 * First values: those of a network's weight file; of the classifier, which is new, what `classifier` gives.
 *
 * @param name  of the network that the file belongs to
 * @throws ModelFileError when the file lacks a weight
 */
export function startFrom(network: LateStages, name: string, arrays: NamedArrays, classifier: StartValues): StartValues {
  const file = fileWeights(name, arrays)
  const starts = new Map(network.stages.flatMap(({ layers }) => weightsOf(layers).flatMap((weights) => [...weights.starts(file)])))
  return (weight, shape) => starts.get(weight)?.() ?? classifier(weight, shape)
}

/**
 * The whole network's weight file: what learned in place of the base's.
 *
 * @param base     the base network's arrays
 * @param learned  as `trainableStages` names them
 */
export function wholeWeights(network: LateStages, base: NamedArrays, learned: NamedArrays, from: string): NamedArrays {
  const { name, file } = network.classifier
  return new Map([
    ...base,
    ...weightsOf(layersFrom(network, from)).flatMap((weights) => weights.inFile(learned)),
    [file.kernel, learned.get(`${name}.kernel`)!],
    [file.bias, learned.get(`${name}.bias`)!],
  ])
}

/** First values out of a whole network's weight file, as `wholeWeights` made it: those of a network that has learned. */
export function learnedStart(network: LateStages, name: string, arrays: NamedArrays): StartValues {
  const { file } = network.classifier
  return startFrom(network, name, arrays, (weight) => arrays.get(weight === `${network.classifier.name}.kernel` ? file.kernel : file.bias)!.data)
}

/** @param from  a stage; one that is not among them is the classifier's */
function layersFrom({ stages }: LateStages, from: string): LayerPlan[] {
  const first = stages.findIndex(({ name }) => name === from)
  return first < 0 ? [] : stages.slice(first).flatMap(({ layers }) => layers)
}
