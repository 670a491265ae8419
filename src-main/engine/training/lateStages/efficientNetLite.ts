import { foldedNames } from '../../models/architectures/efficientNetLite.ts'
import { efficientNetLiteStages, headChannels, type LiteBlock, type LiteConvolution, type LiteSizes } from '../../models/architectures/efficientNetLiteLayout.ts'
import { convolutionLayer } from '../layers/convolution.ts'
import { depthwiseLayer } from '../layers/depthwise.ts'
import { meanLayer, relu6Layer } from '../layers/plainLayers.ts'
import { folded, residual, withoutWeights, type LayerPlan } from './layerPlan.ts'
import type { LateStages } from './lateStages.ts'

/** An EfficientNet-Lite that learns: batch norms are folded into the convolutions. */
export function lateEfficientNetLite(sizes: LiteSizes): LateStages {
  const stages = efficientNetLiteStages(sizes).map(({ name, blocks }) => ({ name, layers: blocks.flatMap(blockLayers) }))
  const { name, norm } = efficientNetLiteStages(sizes)[0]!.blocks[0]!.convolutions[0]!
  return {
    stages: [...stages, { name: 'pooled', layers: [withoutWeights(meanLayer('pooled'))] }],
    classifier: { name: '_fc', inputs: headChannels, file: { kernel: '_fc.weight', bias: '_fc.bias' } },
    firstKernel: foldedNames(name, norm).kernel,
  }
}

function blockLayers({ name, convolutions, residual: isResidual }: LiteBlock): LayerPlan[] {
  const layers = convolutions.flatMap((one) => (one.rectified ? [convolution(one), withoutWeights(relu6Layer(`${one.name}.relu6`))] : [convolution(one)]))
  return isResidual ? [residual(name, layers)] : layers
}

function convolution({ kind, name, norm, size, stride, input, output }: LiteConvolution): LayerPlan {
  const full = kind === 'full'
  const layer = full ? convolutionLayer : depthwiseLayer
  return folded(name, foldedNames(name, norm), [size, size, input, full ? output : 1], (...weights) => layer(...weights, stride), output)
}
