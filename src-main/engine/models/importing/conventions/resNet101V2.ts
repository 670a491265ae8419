import { byLayer, partOf, type Convention } from '../convention.ts'
import { asItIs, denseAsConvolution } from '../layouts.ts'

const keras: Convention = {
  name: 'Keras Applications',
  rules: () => byLayer((layer, part) => ({ name: `${layer}/${partOf('keras', part)}`, layout: asItIs })),
}

const slim: Convention = {
  name: 'TensorFlow-slim',
  rules: () => byLayer((layer, part) => {
    const name = `resnet_v2_101/${slimScope(layer)}/${partOf('slim', part)}`
    return { name, layout: layer === 'predictions' && part === 'kernel' ? denseAsConvolution(1, 1) : asItIs }
  }),
  card: { variant: 'slim', side: 299 },
  changes: ['The first pool lies as TensorFlow\'s SAME padding has it, which is how this checkpoint was trained.', 'Pictures are 299 x 299, as this checkpoint was trained.'],
}

function slimScope(layer: string): string {
  if (layer === 'conv1_conv') return 'conv1'
  if (layer === 'post_bn') return 'postnorm'
  if (layer === 'predictions') return 'logits'
  const [, group, unit, rest] = /^conv(\d)_block(\d+)_(.+)$/.exec(layer)!
  return `block${Number(group) - 1}/unit_${unit}/bottleneck_v2/${slimPart(rest!)}`
}

function slimPart(rest: string): string {
  if (rest === 'preact_bn') return 'preact'
  if (rest === '0_conv') return 'shortcut'
  return `conv${rest[0]}${rest.endsWith('_bn') ? '/BatchNorm' : ''}`
}

export const resNet101V2Conventions: readonly Convention[] = [keras, slim]
