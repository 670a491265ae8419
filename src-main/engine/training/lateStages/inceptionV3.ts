import type { Card } from '../../../domain/card.ts'
import { variantOf } from '../../models/architectures/architecture.ts'
import { inceptionChannels, inceptionMixed, inceptionNames, inceptionStem, type InceptionBranch, type InceptionConvolution, type MixedStage } from '../../models/architectures/inceptionV3Layout.ts'
import { validAveragePoolLayer, validMaxPoolLayer, zerosLayer } from '../layers/borders.ts'
import { convolutionLayer } from '../layers/convolution.ts'
import { averagePoolLayer, meanLayer, reluLayer } from '../layers/plainLayers.ts'
import { validConvolutionLayer } from '../layers/validConvolution.ts'
import { concatenated, folded, withoutWeights, type LayerPlan } from './layerPlan.ts'
import type { LateStages } from './lateStages.ts'

/** Inception-V3 that learns: batch norms are folded into the convolutions. */
export function lateInceptionV3(card: Card): LateStages {
  const averageOf = variantOf({ card }) === 'torchvision' ? averageWithBorder : averageWithoutBorder
  return {
    stages: [
      ...inceptionStem.map((stage) => ({ name: stage.name, layers: stage.kind === 'pool' ? [halve(stage.name)] : rectified(stage.convolution) })),
      ...inceptionMixed.map((stage) => ({ name: stage.name, layers: [mixed(stage, averageOf)] })),
      { name: 'AvgPool_1a', layers: [withoutWeights(meanLayer('AvgPool_1a'))] },
    ],
    classifier: { name: 'Logits', inputs: inceptionChannels, file: { kernel: 'Logits.kernel', bias: 'Logits.bias' } },
    firstKernel: inceptionNames(inceptionStem[0]!.name).kernel,
  }
}

type Average = (name: string) => LayerPlan[]

function mixed({ name, branches, reduces }: MixedStage, averageOf: Average): LayerPlan {
  const layers = branches.map((branch, i) => branchLayers(`${name}.Branch_${i}`, branch, averageOf))
  return concatenated(name, reduces ? [...layers, [halve(`${name}.pool`)]] : layers)
}

function branchLayers(name: string, { averaged, chain, fork }: InceptionBranch, averageOf: Average): LayerPlan[] {
  return [
    ...(averaged ? averageOf(`${name}.average`) : []),
    ...chain.flatMap(rectified),
    ...(fork.length > 0 ? [concatenated(`${name}.fork`, fork.map(rectified))] : []),
  ]
}

function averageWithoutBorder(name: string): LayerPlan[] {
  return [withoutWeights(averagePoolLayer(name, [3, 3], [1, 1]))]
}

/** The border counts as zeros. */
function averageWithBorder(name: string): LayerPlan[] {
  return [withoutWeights(zerosLayer(`${name}.border`, 1)), withoutWeights(validAveragePoolLayer(name, [3, 3], [1, 1]))]
}

function halve(name: string): LayerPlan {
  return withoutWeights(validMaxPoolLayer(name, [3, 3], [2, 2]))
}

function rectified({ name, window, stride, padding, input, output }: InceptionConvolution): LayerPlan[] {
  const layer = padding === 'same' ? convolutionLayer : validConvolutionLayer
  return [folded(name, inceptionNames(name), [...window, input, output], (...weights) => layer(...weights, stride)), withoutWeights(reluLayer(`${name}.relu`))]
}
