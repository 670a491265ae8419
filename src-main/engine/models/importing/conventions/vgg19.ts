import { byLayer, imagenetNormalisation, partOf, type Convention } from '../convention.ts'
import { asItIs, convolution, denseAsConvolution, linear, linearAfterConvolution } from '../layouts.ts'
import { numberedLayers } from '../numbered.ts'

const convolutions = [2, 2, 4, 4, 4].flatMap((count, group) => Array.from({ length: count }, (_, i) => `conv${group + 1}_${i + 1}`))
const dense = ['fc6', 'fc7', 'fc8']
/** ReLUs and pools have places as well. */
const torchPlaces = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34]

const bgr: Convention['card'] = { normalisation: { multiply: 255, subtract: [123.68, 116.779, 103.939], divide: 1, order: 'bgr' } }
const bgrChanges = ['Keras feeds this network BGR: means are subtracted from 255 x, then the order of the colours is reversed.']

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
  card: bgr,
  changes: bgrChanges,
}

function kerasName(layer: string): string {
  const place = dense.indexOf(layer)
  if (place >= 0) return ['fc1', 'fc2', 'predictions'][place]!
  return layer.replace(/^conv(\d)_(\d)$/, 'block$1_conv$2')
}

/** Files of Keras 3 name the classes of layers and count them. */
const kerasCounted: Convention = {
  name: 'Keras 3',
  rules: (names) => {
    const layers = [...numberedLayers(names, 'conv2d'), ...numberedLayers(names, 'dense')]
    const ours = [...convolutions, ...dense]
    return byLayer((layer, part) => {
      const theirs = layers.length === ours.length ? layers[ours.indexOf(layer)] : undefined
      return theirs ? { name: `${theirs}/vars/${part === 'kernel' ? 0 : 1}`, layout: asItIs } : null
    })
  },
  card: bgr,
  changes: bgrChanges,
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

export const vgg19Conventions: readonly Convention[] = [torchvision, keras, kerasCounted, slim]
