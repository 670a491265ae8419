import { byLayer, imagenetNormalisation, partOf, type Convention } from '../convention.ts'
import { asItIs, convolution, denseAsConvolution, linear, linearAfterConvolution } from '../layouts.ts'

const convolutions = [2, 2, 4, 4, 4].flatMap((count, group) => Array.from({ length: count }, (_, i) => `conv${group + 1}_${i + 1}`))
const dense = ['fc6', 'fc7', 'fc8']
/** ReLUs and pools have places as well. */
const torchPlaces = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34]

const torchvision: Convention = {
  name: 'torchvision',
  rules: () => byLayer((layer, part) => {
    const place = convolutions.indexOf(layer)
    if (place >= 0) return { name: `features.${torchPlaces[place]}.${partOf('torch', part)}`, layout: part === 'kernel' ? convolution : asItIs }
    const layout = layer === 'fc6' ? linearAfterConvolution(7, 7) : linear
    return { name: `classifier.${3 * dense.indexOf(layer)}.${partOf('torch', part)}`, layout: part === 'kernel' ? layout : asItIs }
  }),
  card: { normalisation: imagenetNormalisation },
  changes: ['torchvision feeds this network (x - mean) / deviation of ImageNet, RGB.'],
}

const keras: Convention = {
  name: 'Keras Applications',
  rules: () => byLayer((layer, part) => ({ name: `${kerasName(layer)}/${partOf('keras', part)}`, layout: asItIs })),
  card: { normalisation: { multiply: 255, subtract: [123.68, 116.779, 103.939], divide: 1, order: 'bgr' } },
  changes: ['Keras feeds this network BGR: means are subtracted from 255 x, then the order of the colours is reversed.'],
}

function kerasName(layer: string): string {
  const place = dense.indexOf(layer)
  if (place >= 0) return ['fc1', 'fc2', 'predictions'][place]!
  return layer.replace(/^conv(\d)_(\d)$/, 'block$1_conv$2')
}

const slim: Convention = {
  name: 'TensorFlow-slim',
  rules: () => byLayer((layer, part) => {
    const scope = layer.startsWith('conv') ? `${layer.split('_')[0]}/${layer}` : layer
    const side = layer === 'fc6' ? 7 : 1
    const layout = dense.includes(layer) && part === 'kernel' ? denseAsConvolution(side, side) : asItIs
    return { name: `vgg_19/${scope}/${partOf('slim', part)}`, layout }
  }),
}

export const vgg19Conventions: readonly Convention[] = [torchvision, keras, slim]
