import type { Card } from '../../../domain/card.ts'
import { variantOf } from '../../models/architectures/architecture.ts'
import { resNetBlocks, resNetChannels, resNetEpsilon, resNetFolded, type ResNetUnit } from '../../models/architectures/resNet101V2Layout.ts'
import { validMaxPoolLayer, zerosLayer } from '../layers/borders.ts'
import { convolutionLayer } from '../layers/convolution.ts'
import { maxPoolLayer } from '../layers/maxPool.ts'
import { averagePoolLayer, meanLayer, reluLayer } from '../layers/plainLayers.ts'
import { validConvolutionLayer } from '../layers/validConvolution.ts'
import { biased, folded, norm, residual, summed, withoutWeights, type LayerPlan } from './layerPlan.ts'
import type { LateStages } from './lateStages.ts'

/** ResNet-101-V2 that learns. Norms after a convolution are folded into it; of those before one, scale and offset learn and the statistics stay. */
export function lateResNet101V2(card: Card): LateStages {
  const firstPool = variantOf({ card }) === 'slim' ? poolWithoutBorder : poolWithBorder
  return {
    stages: [
      { name: 'conv1', layers: [zeros('conv1_pad', 3), biased('conv1_conv', [7, 7, 3, 64], (...weights) => validConvolutionLayer(...weights, 2))] },
      ...resNetBlocks.map((units, b) => ({ name: `block${b + 1}`, layers: [...(b === 0 ? firstPool() : []), ...units.flatMap(unit)] })),
      { name: 'global_pool', layers: [...normAndRelu('post_bn', resNetChannels), withoutWeights(meanLayer('global_pool'))] },
    ],
    classifier: { name: 'predictions', inputs: resNetChannels, file: { kernel: 'predictions.kernel', bias: 'predictions.bias' } },
    firstKernel: 'conv1_conv.kernel',
  }
}

function poolWithoutBorder(): LayerPlan[] {
  return [withoutWeights(maxPoolLayer('pool1', [3, 3], [2, 2]))]
}

/** The border counts as zeros. */
function poolWithBorder(): LayerPlan[] {
  return [zeros('pool1_pad', 1), withoutWeights(validMaxPoolLayer('pool1', [3, 3], [2, 2]))]
}

/** Narrow, filter, widen; plus the input, or a projection of it, or every other pixel of it. */
function unit(size: ResNetUnit): LayerPlan[] {
  const { name, input, output, stride, first } = size
  const before = normAndRelu(`${name}_preact_bn`, input)
  if (first) return [...before, summed(name, [[pointwise(`${name}_0_conv`, input, output)], body(size)])]
  if (stride === 1) return [residual(name, [...before, ...body(size)])]
  return [summed(name, [[withoutWeights(averagePoolLayer(`${name}_shortcut`, [1, 1], [stride, stride]))], [...before, ...body(size)]])]
}

function body({ name, input, width, output, stride }: ResNetUnit): LayerPlan[] {
  const narrow = folded(`${name}_1`, resNetFolded(`${name}_1`), [1, 1, input, width], (...weights) => convolutionLayer(...weights, 1))
  return [narrow, relu(`${name}_1`), ...filter(`${name}_2`, width, stride), relu(`${name}_2`), pointwise(`${name}_3_conv`, width, output)]
}

/** At stride 1 TensorFlow's SAME padding is symmetric; at stride 2 the zeros are put there. */
function filter(name: string, width: number, stride: number): LayerPlan[] {
  const layer = stride === 1 ? convolutionLayer : validConvolutionLayer
  const convolution = folded(name, resNetFolded(name), [3, 3, width, width], (...weights) => layer(...weights, stride))
  return stride === 1 ? [convolution] : [zeros(`${name}_pad`, 1), convolution]
}

function pointwise(name: string, input: number, output: number): LayerPlan {
  return biased(name, [1, 1, input, output], (...weights) => convolutionLayer(...weights, 1))
}

function normAndRelu(name: string, channels: number): LayerPlan[] {
  return [norm(name, channels, resNetEpsilon), relu(name)]
}

function relu(name: string): LayerPlan {
  return withoutWeights(reluLayer(`${name}.relu`))
}

function zeros(name: string, width: number): LayerPlan {
  return withoutWeights(zerosLayer(name, width))
}
