import type { NamedArray, NamedArrays } from '../../domain/weights.ts'
import { foldedNames } from '../models/architectures/efficientNetLite.ts'
import { efficientNetLiteStages, headChannels, type LiteBlock, type LiteConvolution, type LiteSizes, type LiteStage } from '../models/architectures/efficientNetLiteLayout.ts'
import { normAffine } from '../models/architectures/foldedConvolution.ts'
import { scaleOutputs } from '../models/batchNorm.ts'
import { fileWeights } from '../models/weightsSource.ts'
import { residualLayer } from './layers/chain.ts'
import { convolutionLayer } from './layers/convolution.ts'
import { denseLayer } from './layers/dense.ts'
import { depthwiseLayer } from './layers/depthwise.ts'
import type { TrainingLayer } from './layers/layer.ts'
import { dropoutLayer, meanLayer, relu6Layer } from './layers/plainLayers.ts'
import { variableMaker, type VariableMaker } from './variableMaker.ts'
import type { StartValues, TrainingNetwork } from './trainingNetwork.ts'

export interface LiteTraining {
  sizes: LiteSizes
  /** The stages before it are not in the network: it takes what they give. */
  from: string
  /** Classes. */
  labels: number
  /** Share of the pooled values that is left out in training. */
  dropout: number
}

/**
 * The stages of an EfficientNet-Lite that learn, and a new classifier. Batch norms are folded: kernels and biases learn, as
 * `name.kernel` and `name.bias`.
 */
export function trainableEfficientNetLite({ sizes, from, labels, dropout }: LiteTraining, start: StartValues): TrainingNetwork {
  const make = variableMaker(start)
  const trunk = [
    ...learningStages(sizes, from).flatMap((stage) => stage.blocks.flatMap((block) => blockLayers(make, block))),
    ...(from === 'logits' ? [] : [meanLayer('pooled')]),
    dropoutLayer('dropout', dropout, 0),
  ]
  const classifier = denseLayer(classifierName, make(`${classifierName}.kernel`, [headChannels, labels]), make(`${classifierName}.bias`, [labels]))
  return { trunk, heads: [{ head: 'word', layer: classifier }], dispose: make.dispose }
}

const classifierName = '_fc'

/**
 * First values: those of a network's weight file, batch norms folded in; of the classifier, which is new, what `classifier` gives.
 *
 * @throws ModelFileError when the file lacks a weight
 */
export function foldedStart(network: string, arrays: NamedArrays, sizes: LiteSizes, classifier: StartValues): StartValues {
  const weights = fileWeights(network, arrays)
  const convolutions = new Map(convolutionsOf(efficientNetLiteStages(sizes)).map((one) => [one.name, one]))
  return (name, shape) => {
    const end = name.lastIndexOf('.')
    const convolution = convolutions.get(name.slice(0, end))
    if (!convolution) return classifier(name, shape)
    const { kernel, norm, epsilon } = foldedNames(convolution.name, convolution.norm)
    const { scale, offset } = normAffine({ weights }, norm, convolution.output, epsilon)
    return name.slice(end) === '.kernel' ? scaleOutputs(weights.weight(kernel, shape)(), scale) : Float32Array.from(offset)
  }
}

/**
 * The whole network's weight file: what learned in place of the base's, each batch norm as one that adds the bias and does nothing else.
 *
 * @param base     the base network's arrays
 * @param learned  as `trainableEfficientNetLite` names them
 */
export function unfoldedWeights(base: NamedArrays, learned: NamedArrays, { sizes, from }: Pick<LiteTraining, 'sizes' | 'from'>): NamedArrays {
  const whole: NamedArrays = new Map(base)
  for (const { name, norm: normName, output } of convolutionsOf(learningStages(sizes, from))) {
    const { kernel, norm, epsilon } = foldedNames(name, normName)
    whole.set(kernel, learned.get(`${name}.kernel`)!)
    whole.set(norm.beta, learned.get(`${name}.bias`)!)
    whole.set(norm.mean, constant(output, 0))
    // The variance 1 with the epsilon, taken out again by the scale.
    whole.set(norm.variance, constant(output, 1))
    whole.set(norm.gamma!, constant(output, Math.sqrt(1 + epsilon)))
  }
  whole.set(`${classifierName}.weight`, learned.get(`${classifierName}.kernel`)!)
  whole.set(`${classifierName}.bias`, learned.get(`${classifierName}.bias`)!)
  return whole
}

/** First values out of a whole network's weight file, as `unfoldedWeights` made it: those of a network that has learned. */
export function learnedStart(network: string, file: NamedArrays, sizes: LiteSizes): StartValues {
  return foldedStart(network, file, sizes, (name) => file.get(name === `${classifierName}.kernel` ? `${classifierName}.weight` : name)!.data)
}

/** Name of the first convolution's kernel in a whole network's weight file. */
export function firstKernelOf(sizes: LiteSizes): string {
  const { name, norm } = convolutionsOf(efficientNetLiteStages(sizes))[0]!
  return foldedNames(name, norm).kernel
}

function learningStages(sizes: LiteSizes, from: string): LiteStage[] {
  const stages = efficientNetLiteStages(sizes)
  const first = stages.findIndex(({ name }) => name === from)
  return first < 0 ? [] : stages.slice(first)
}

function convolutionsOf(stages: readonly LiteStage[]): LiteConvolution[] {
  return stages.flatMap(({ blocks }) => blocks.flatMap(({ convolutions }) => convolutions))
}

function blockLayers(make: VariableMaker, { name, convolutions, residual }: LiteBlock): TrainingLayer[] {
  const layers = convolutions.flatMap((one) => (one.rectified ? [convolutionOf(make, one), relu6Layer(`${one.name}.relu6`)] : [convolutionOf(make, one)]))
  return residual ? [residualLayer(name, layers)] : layers
}

function convolutionOf(make: VariableMaker, { kind, name, size, stride, input, output }: LiteConvolution): TrainingLayer {
  const full = kind === 'full'
  const kernel = make(`${name}.kernel`, [size, size, input, full ? output : 1])
  return (full ? convolutionLayer : depthwiseLayer)(name, kernel, make(`${name}.bias`, [output]), stride)
}

function constant(length: number, value: number): NamedArray {
  return { shape: [length], data: new Float32Array(length).fill(value) }
}
