import { vggDense, vggGroups, type VggLayer } from '../../models/architectures/vgg19Layout.ts'
import { convolutionLayer } from '../layers/convolution.ts'
import { denseLayer } from '../layers/dense.ts'
import { maxPoolLayer } from '../layers/maxPool.ts'
import { reluLayer } from '../layers/plainLayers.ts'
import { biased, withoutWeights, type LayerPlan } from './layerPlan.ts'
import type { LateStages } from './lateStages.ts'

/** VGG-19 that learns. Dropout comes before the classifier only, not after fc6 as well as in the paper's training of it. */
export const lateVgg19: LateStages = {
  stages: [
    ...vggGroups.map((group, g) => ({ name: group.at(-1)!.name, layers: [...(g > 0 ? [halve(`pool${g}`)] : []), ...group.flatMap(convolution)] })),
    ...vggDense.map((one, i) => ({ name: one.name, layers: [...(i === 0 ? [halve('pool5')] : []), ...dense(one)] })),
  ],
  classifier: { name: 'fc8', inputs: vggDense.at(-1)!.output, file: { kernel: 'fc8.kernel', bias: 'fc8.bias' } },
  firstKernel: `${vggGroups[0]![0]!.name}.kernel`,
}

function halve(name: string): LayerPlan {
  return withoutWeights(maxPoolLayer(name, [2, 2], [2, 2]))
}

function convolution({ name, input, output }: VggLayer): LayerPlan[] {
  return [biased(name, [3, 3, input, output], (...weights) => convolutionLayer(...weights, 1)), withoutWeights(reluLayer(`${name}.relu`))]
}

function dense({ name, input, output }: VggLayer): LayerPlan[] {
  return [biased(name, [input, output], denseLayer), withoutWeights(reluLayer(`${name}.relu`))]
}
