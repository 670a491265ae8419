import type { CardDraft, FileInspection, ImportCheck, TryOut, WeightMatch } from '../../../src-main/domain/importing.ts'
import type { NetworkSummary } from '../../../src-main/domain/network.ts'
import type { Handlers } from '../fakeRpc.ts'
import { networks } from './data.ts'
import { denseGraph, residualGraph } from './graphs.ts'

/** Invented answers to the calls by which a file becomes a network. */

export const graphNodes = residualGraph(16)
const logits = graphNodes.at(-2)!

export const suggestion: CardDraft = {
  name: 'resnet50',
  title: 'resnet50',
  input: { kind: 'image', height: 224, width: 224, channels: 3, range: [0, 1] },
  network: { from: 'graph', format: 'onnx', input: 'input', layout: 'channels first' },
  normalisation: { multiply: 1, subtract: [0.485, 0.456, 0.406], divide: [0.229, 0.224, 0.225], order: 'rgb' },
  frontEnd: null,
  stages: [{ name: 'logits', tensor: logits.tensor, shape: [1000], metamerLayer: true, endsIn: 'linear' }],
  labels: 'imagenet-1000',
  labelOffset: 0,
  head: 'softmax',
  baseLearningRate: 0.001,
  source: 'File resnet50.onnx',
  licence: '',
  notes: [],
}

export const graphFile: FileInspection = {
  path: '/data/resnet50.onnx',
  fileName: 'resnet50.onnx',
  format: 'onnx',
  byteLength: 102_442_450,
  hash: '3f'.repeat(32),
  arrays: 108,
  parameters: 25_530_472,
  warnings: ['The input\'s first axis is open; it is taken as the batch.'],
  candidates: [],
  graph: { inputs: [{ name: 'input', shape: [null, 3, 224, 224] }], outputs: [graphNodes.at(-1)!.tensor], nodes: graphNodes.length, suggestion },
}

export const denseNodes = denseGraph([6, 12, 24, 16])
export const denseFile: FileInspection = {
  ...graphFile,
  path: '/data/densenet121.onnx',
  fileName: 'densenet121.onnx',
  graph: { ...graphFile.graph!, nodes: denseNodes.length, suggestion: { ...suggestion, name: 'densenet121', title: 'densenet121', stages: [{ ...suggestion.stages[0]!, tensor: denseNodes.at(-1)!.tensor }] } },
}

export const weightsFile: FileInspection = {
  path: '/data/vgg19-dcbb9e9d.pth',
  fileName: 'vgg19-dcbb9e9d.pth',
  format: 'pytorch-zip',
  byteLength: 574_673_361,
  hash: 'dc'.repeat(32),
  arrays: 39,
  parameters: 143_667_240,
  warnings: [],
  candidates: [{ network: 'efficientnet-lite0', matched: 37, missing: 1, extra: 2 }, { network: 'word-cnn-aliased', matched: 2, missing: 14, extra: 36 }],
  graph: null,
}

export function matchOf(network: string, missing = 1): WeightMatch {
  const rows: WeightMatch['rows'] = Array.from({ length: 38 }, (_, i) => {
    const shape = i % 2 === 0 ? [3, 3, 64, 64] : [64]
    const weight = `conv${Math.floor(i / 2)}/${i % 2 === 0 ? 'kernel' : 'bias'}`
    if (i >= 38 - missing) return { weight, shape, source: null, how: null, change: null }
    return { weight, shape, source: { name: `features.${i}.${i % 2 === 0 ? 'weight' : 'bias'}`, shape: [...shape].reverse() }, how: i % 5 === 0 ? 'order' : 'name', change: i % 2 === 0 ? 'transposed [2, 3, 1, 0]' : null }
  })
  return {
    network,
    convention: 'torchvision',
    rows,
    extra: [{ name: 'features.0.num_batches_tracked', shape: [1] }, { name: 'optimizer.step', shape: [1] }],
    changes: ['torchvision\'s networks take ImageNet mean and deviation; the card\'s normalisation is changed to that.'],
  }
}

export const tryOut: TryOut = {
  stimulus: 'cat',
  notices: ['The centre square of 300 × 300 pixels is used, resized to 224 × 224.'],
  top: [['tabby', 281, 9.213], ['Egyptian cat', 285, 8.87], ['tiger cat', 282, 8.41], ['lynx', 287, 5.2], [null, 904, 4.03]].map(([label, index, value]) => ({ label, index, value })) as TryOut['top'],
  stages: graphNodes.filter((n) => n.suggested).map((n, i) => ({ name: n.tensor, shape: n.shape, minimum: i % 3 === 0 ? 0 : -2.31, maximum: 8.2 + i, mean: 0.31 })),
  seconds: 0.214,
}

export const checks: ImportCheck[] = [{ stimulus: 'cat', expected: 'tabby', found: 'tabby', passed: true }]

export const ownNetwork: NetworkSummary = {
  ...networks[0]!,
  name: 'resnet50',
  title: 'resnet50 of my own',
  own: true,
  weights: { state: 'trained', source: 'torchvision 0.20, ResNet50_Weights.IMAGENET1K_V2', seed: null, hash: '3f'.repeat(32), licence: 'BSD-3-Clause' },
}

/** What a host with these files answers. */
export const importHandlers: Handlers = {
  'networks.remove': () => null,
  'networks.saveCard': ({ path }) => ({ path }),
  'imports.inspect': ({ path }) => [graphFile, denseFile, weightsFile].find((f) => f.path === path) ?? graphFile,
  'imports.describe': ({ path }) => ({ nodes: path === denseFile.path ? denseNodes : graphNodes }),
  'imports.tryOut': () => tryOut,
  'imports.save': ({ draft }) => ({ ...ownNetwork, name: draft.name, title: draft.title }),
  'imports.match': ({ network }) => matchOf(network, network === 'efficientnet-lite0' ? 0 : 14),
  'imports.saveWeights': ({ name }) => ({ network: { ...ownNetwork, name }, checks }),
  'imports.card': () => ownNetwork,
}
