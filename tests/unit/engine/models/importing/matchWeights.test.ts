import { describe, expect, it } from 'vitest'
import type { WeightMatch } from '../../../../../src-main/domain/importing.ts'
import { findNetwork } from '../../../../../src-main/engine/models/catalogue.ts'
import { conventionsOf } from '../../../../../src-main/engine/models/importing/conventions.ts'
import { listWeights } from '../../../../../src-main/engine/models/importing/listWeights.ts'
import { matchWeights, missingOf } from '../../../../../src-main/engine/models/importing/matchWeights.ts'
import type { NamedShape } from '../../../../../src-main/engine/models/importing/namedShape.ts'
import { weightNames } from '../../../../helpers/weightNames.ts'

const plan = (network: string, arrays: readonly NamedShape[]) => matchWeights(findNetwork(network), conventionsOf(network), arrays)
const rowOf = (match: WeightMatch, weight: string) => match.rows.find((row) => row.weight === weight)

describe('names and shapes of other programs', () => {
  it.each([
    ['torchvision_vgg19', 'vgg-19', 'torchvision', 0],
    ['keras_vgg19', 'vgg-19', 'Keras Applications', 0],
    ['slim_vgg_19', 'vgg-19', 'TensorFlow-slim', 0],
    // Counters of batches and the auxiliary head.
    ['torchvision_inception_v3', 'inception-v3', 'torchvision', 108],
    ['keras_inception_v3', 'inception-v3', 'Keras Applications', 0],
    // The auxiliary head.
    ['slim_inception_v3', 'inception-v3', 'TensorFlow-slim', 10],
    ['keras_resnet101v2', 'resnet-101-v2', 'Keras Applications', 0],
    ['slim_resnet_v2_101', 'resnet-101-v2', 'TensorFlow-slim', 0],
  ])('of %s all fall to %s by name', (file, network, convention, extra) => {
    const { match } = plan(network, weightNames(file))
    expect([match.network, match.convention]).toEqual([network, convention])
    expect(match.rows.filter(({ how }) => how !== 'name')).toEqual([])
    expect(new Set(match.rows.map(({ source }) => source!.name)).size).toBe(match.rows.length)
    expect(match.extra.length).toBe(extra)
  })

  it('come under the wrappers of PyTorch and the groups of Keras as well', () => {
    const wrapped = weightNames('torchvision_vgg19').map(({ name, shape }) => ({ name: `module.${name}`, shape }))
    expect(missingOf(plan('vgg-19', wrapped))).toBe(0)
    const grouped = weightNames('keras_resnet101v2').map(({ name, shape }) => ({ name: `model_weights/${name}`, shape }))
    expect(missingOf(plan('resnet-101-v2', grouped))).toBe(0)
  })

  it('of Keras 3 are numbered within a layer', () => {
    const counts = new Map<string, number>()
    const numbered = weightNames('keras_inception_v3').map(({ name, shape }) => {
      const layer = name.split('/')[0]!
      const index = counts.get(layer) ?? 0
      counts.set(layer, index + 1)
      return { name: `${layer}/vars/${index}`, shape }
    })
    const { match } = plan('inception-v3', numbered)
    expect(match.rows.every(({ how }) => how === 'name')).toBe(true)
    expect(rowOf(match, 'Conv2d_1a_3x3.mean')!.source!.name).toBe('batch_normalization/vars/1')
  })

  it('of a Keras network that was the second to be made begin with other numbers', () => {
    const later = weightNames('keras_inception_v3').map(({ name, shape }) => ({
      name: name.replace(/(conv2d|batch_normalization)(?:_(\d+))?/g, (_, stem: string, number?: string) => `${stem}_${Number(number ?? 0) + 94}`),
      shape,
    }))
    const first = plan('inception-v3', weightNames('keras_inception_v3')).match.rows.map(({ weight }) => weight)
    const { match } = plan('inception-v3', later)
    expect(match.rows.map(({ weight, how }) => [weight, how])).toEqual(first.map((weight) => [weight, 'name']))
  })

  it('say what is done to the values', () => {
    const { match } = plan('vgg-19', weightNames('torchvision_vgg19'))
    expect(rowOf(match, 'conv1_2.kernel')).toEqual({
      weight: 'conv1_2.kernel', shape: [3, 3, 64, 64], source: { name: 'features.2.weight', shape: [64, 64, 3, 3] }, how: 'name', change: 'transposed [2, 3, 1, 0]',
    })
    expect(rowOf(match, 'fc6.kernel')!.change).toBe('transposed [1, 0], inputs reordered from [channel, 7, 7] to [7, 7, channel]')
    expect(rowOf(match, 'fc7.kernel')!.change).toBe('transposed [1, 0]')
    expect(rowOf(match, 'fc8.bias')).toMatchObject({ change: null, source: { name: 'classifier.6.bias' } })
    expect(rowOf(plan('vgg-19', weightNames('slim_vgg_19')).match, 'fc6.kernel')!.change).toBe('reshaped to [in, out]')
    const inception = plan('inception-v3', weightNames('torchvision_inception_v3')).match
    expect(rowOf(inception, 'Mixed_6b.Branch_2.Conv2d_0c_1x7.kernel')).toMatchObject({
      source: { name: 'Mixed_6b.branch7x7dbl_3.conv.weight' }, change: 'transposed [2, 3, 1, 0], times Mixed_6b.branch7x7dbl_3.bn.weight',
    })
  })
})

describe('networks that hear', () => {
  /** The network's own shapes under other names; kernels transposed for PyTorch. */
  const renamed = (network: string, rename: (layer: string, part: string) => string, torch = false): NamedShape[] =>
    listWeights(findNetwork(network)).map(({ name, shape }) => {
      const [layer, part] = name.split('.') as [string, string]
      const order = !torch || shape.length === 1 ? shape : shape.length === 4 ? [shape[3]!, shape[2]!, shape[0]!, shape[1]!] : [shape[1]!, shape[0]!]
      return { name: rename(layer, part), shape: order }
    })
  const vggishScopes: Record<string, string> = { conv3_1: 'conv3/conv3_1', conv3_2: 'conv3/conv3_2', conv4_1: 'conv4/conv4_1', conv4_2: 'conv4/conv4_2', fc1_1: 'fc1/fc1_1', fc1_2: 'fc1/fc1_2' }
  const torchPlaces: Record<string, string> = { conv1: 'features.0', conv2: 'features.3', conv3_1: 'features.6', conv3_2: 'features.8', conv4_1: 'features.11', conv4_2: 'features.13', fc1_1: 'embeddings.0', fc1_2: 'embeddings.2', fc2: 'embeddings.4' }
  const lstm = (part: string) => `cudnn_lstm/rnn/multi_rnn_cell/cell_0/cudnn_compatible_lstm_cell/${part}`

  it.each([
    ['AudioSet checkpoint', 'vggish', renamed('vggish', (layer, part) => `vggish/${vggishScopes[layer] ?? layer}/${part === 'kernel' ? 'weights' : 'biases'}`)],
    ['torchvggish', 'vggish', renamed('vggish', (layer, part) => `${torchPlaces[layer]}.${part === 'kernel' ? 'weight' : 'bias'}`, true)],
    ['DeepSpeech checkpoint', 'deepspeech', renamed('deepspeech', (layer, part) => (layer === 'lstm' ? lstm(part) : `${layer}/${part === 'kernel' ? 'weights' : 'bias'}`))],
    ['early DeepSpeech checkpoint', 'deepspeech', renamed('deepspeech', (layer, part) => (layer === 'lstm' ? `lstm_fused_cell/${part}` : `${part === 'kernel' ? 'h' : 'b'}${layer.at(-1)}`))],
    ['musicnn checkpoint', 'musicnn-vgg', listWeights(findNetwork('musicnn-vgg'))],
  ])('take the weights of: %s', (convention, network, arrays) => {
    const { match } = plan(network, arrays)
    expect(match.convention).toBe(convention)
    expect(match.rows.filter(({ how }) => how !== 'name')).toEqual([])
  })
})

describe('a convention', () => {
  it('changes the scaling of pictures, and says so', () => {
    const torchvision = plan('vgg-19', weightNames('torchvision_vgg19'))
    expect(torchvision.card.normalisation).toEqual({ multiply: 1, subtract: [0.485, 0.456, 0.406], divide: [0.229, 0.224, 0.225], order: 'rgb' })
    expect(torchvision.match.changes).toEqual(['torchvision feeds this network (x - mean) / deviation of ImageNet, RGB.'])
    expect(plan('vgg-19', weightNames('keras_vgg19')).card.normalisation).toMatchObject({ multiply: 255, order: 'bgr' })
    const slim = plan('vgg-19', weightNames('slim_vgg_19'))
    expect([slim.card.normalisation, slim.match.changes]).toEqual([findNetwork('vgg-19').card.normalisation, []])
  })

  it('carries through a background class, another size and a pool that lies otherwise', () => {
    const { card, match } = plan('resnet-101-v2', weightNames('slim_resnet_v2_101'))
    expect(card).toMatchObject({ labels: 'imagenet-1000', labelOffset: 1, input: { height: 299, width: 299 }, network: { name: 'resnet-101-v2', variant: 'slim' } })
    expect(card.stages.map(({ shape }) => shape)).toEqual([[150, 150, 64], [38, 38, 256], [19, 19, 512], [10, 10, 1024], [10, 10, 2048], [2048], [1001]])
    expect(match.changes).toContain('1001 outputs instead of 1000: the first is taken for a class "background", the labels follow.')
  })

  it('lets the labels go where the classes are others', () => {
    const fiveClasses = weightNames('keras_inception_v3').map(({ name, shape }) => ({
      name: name.replaceAll('predictions', 'dense_1'),
      shape: shape.map((length) => (length === 1000 ? 5 : length)),
    }))
    const { card, match } = plan('inception-v3', fiveClasses)
    expect(missingOf({ match })).toBe(0)
    expect([card.stages.at(-1)!.shape, card.labels]).toEqual([[5], null])
    expect(match.changes).toEqual(['5 outputs instead of 1000: what they stand for is not known. Give a list of labels, or go without.'])
  })
})

describe('what does not fit', () => {
  const torchvision = weightNames('torchvision_vgg19')

  it('is missing: an array that is not there, and one of another shape', () => {
    const without = torchvision.filter(({ name }) => name !== 'features.5.weight').map((array) => (array.name === 'classifier.3.bias' ? { ...array, shape: [4095] } : array))
    const { match } = plan('vgg-19', without)
    expect(match.rows.filter(({ source }) => source === null).map(({ weight, how, change }) => [weight, how, change])).toEqual([
      ['conv2_1.kernel', null, null],
      ['fc7.bias', null, null],
    ])
    expect(match.extra).toEqual([{ name: 'classifier.3.bias', shape: [4095] }])
  })

  it('is another network', () => {
    expect(missingOf(plan('inception-v3', torchvision))).toBeGreaterThan(300)
  })
})

describe('names that are not known', () => {
  const words = listWeights(findNetwork('word-cnn-aliased'))
  const renamed = (rename: (name: string, i: number) => string): NamedShape[] => words.map(({ name, shape }, i) => ({ name: rename(name, i), shape }))

  it('are matched by order and shape, TensorFlow\'s', () => {
    const { match, sources } = plan('word-cnn-aliased', renamed((name) => `net/${name.replace('.', '/').replace('batchnorm', 'bn').replace('fc_', 'dense_')}`))
    expect(match.rows.map(({ how }) => how)).not.toContain(null)
    expect(match.rows.every(({ how }) => how === 'order')).toBe(true)
    expect(sources.get('conv_1.kernel')!.name).toBe('net/conv_1/kernel')
    expect(match.changes.at(-1)).toMatch(/^No names that are known: check/)
  })

  it('and PyTorch\'s layouts, with norms by what they keep', () => {
    const torch = words.map(({ name, shape }): NamedShape => {
      const [layer, part] = name.split('.') as [string, string]
      const word = { kernel: 'weight', bias: 'bias', gamma: 'weight', beta: 'bias', mean: 'running_mean', variance: 'running_var' }[part]
      return { name: `x.${layer}.${word}`, shape: shape.length === 4 ? [shape[3]!, shape[2]!, shape[0]!, shape[1]!] : shape.length === 2 ? [shape[1]!, shape[0]!] : shape }
    })
    const { match, sources } = plan('word-cnn-aliased', [...torch, { name: 'x.batchnorm_0.num_batches_tracked', shape: [] }])
    expect(match.rows.every(({ how }) => how === 'order')).toBe(true)
    expect([sources.get('batchnorm_1.beta')!.name, rowOf(match, 'conv_1.kernel')!.change]).toEqual(['x.batchnorm_1.bias', 'transposed [2, 3, 1, 0]'])
    expect(match.extra.map(({ name }) => name)).toEqual(['x.batchnorm_0.num_batches_tracked'])
  })

  it('in an order that their numbers deny count only where a shape stands alone', () => {
    const vgg = listWeights(findNetwork('vgg-19'))
    const numbered = vgg.map(({ name, shape }, i) => ({ name: `layer${Math.floor(i / 2)}/${name.split('.')[1]}`, shape }))
    const inOrder = plan('vgg-19', numbered).match
    expect(inOrder.rows.every(({ how }) => how === 'order')).toBe(true)
    const sorted = [...numbered].sort((a, b) => (a.name < b.name ? -1 : 1))
    const { match } = plan('vgg-19', sorted)
    expect(match.rows.filter(({ how }) => how === 'order')).toEqual([])
    expect(rowOf(match, 'fc6.kernel')).toMatchObject({ how: 'shape', source: { name: 'layer16/kernel' } })
    expect(rowOf(match, 'conv5_2.kernel')!.source).toBeNull()
  })
})
