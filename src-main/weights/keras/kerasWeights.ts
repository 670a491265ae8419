import type { NamedArray, NamedArrays } from '../../domain/weights.ts'
import type { KerasLayer } from './kerasConfig.ts'
import type { FindWeight } from './kerasGraph.ts'

/**
 * Find weights by layer and kind among a file's arrays: Keras 2 and tfjs name them ("conv1/kernel:0", "model/conv1/conv1/kernel"),
 * Keras 3 numbers them ("conv1/vars/0") in the order in which the layer makes them.
 */
export function kerasWeights(arrays: NamedArrays): FindWeight {
  const byEnd = new Map<string, NamedArray>()
  for (const [name, array] of arrays) {
    const parts = name.replace(/:0$/, '').split('/')
    byEnd.set(parts.slice(parts.at(-2) === 'vars' ? -3 : -2).join('/'), array)
  }
  return (layer, kind) => {
    // Keras 3 calls the kernel of a depthwise layer "kernel" like any other.
    const names = [`${layer.name}/${kind}`, `${layer.name}/${kind.replace('depthwise_', '')}`, `${layer.name}/vars/${kindsOf(layer).indexOf(kind)}`]
    return names.map((name) => byEnd.get(name)).find((array) => array !== undefined) ?? null
  }
}

/** In the order in which a layer of this class makes its weights. */
function kindsOf({ className, config }: KerasLayer): string[] {
  const bias = config['use_bias'] === false ? [] : ['bias']
  if (className === 'DepthwiseConv2D') return ['depthwise_kernel', ...bias]
  if (className === 'SeparableConv2D') return ['depthwise_kernel', 'pointwise_kernel', ...bias]
  if (className === 'Normalization') return ['mean', 'variance']
  if (className !== 'BatchNormalization') return ['kernel', ...bias]
  return [...(config['scale'] === false ? [] : ['gamma']), ...(config['center'] === false ? [] : ['beta']), 'moving_mean', 'moving_variance']
}
