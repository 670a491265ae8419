import { byLayer, partOf, type Convention, type Source } from '../convention.ts'
import { asItIs, convolution, denseAsConvolution, linear } from '../layouts.ts'
import type { NamedShape } from '../namedShape.ts'
import { numberedLayers } from '../numbered.ts'

const scaling = 'x is scaled to 2 x - 1'

/** Keras numbers convolutions and norms as it makes them, in the order in which ours are announced. */
const keras: Convention = {
  name: 'Keras Applications',
  rules: (names, weights) => {
    const ours = convolutionsOf(weights)
    const [convolutions, norms] = [numberedLayers(names, 'conv2d'), numberedLayers(names, 'batch_normalization')]
    const complete = convolutions.length === ours.length && norms.length === ours.length
    return byLayer((layer, part) => {
      if (layer === 'Logits') return headOfKeras(names, part)
      if (!complete) return null
      const theirs = (part === 'kernel' ? convolutions : norms)[ours.indexOf(layer)]
      return { name: `${theirs}/${partOf('keras', part)}`, layout: asItIs }
    })
  },
}

/** "predictions", or the only dense layer there is, where the network was given classes of its own. */
function headOfKeras(names: readonly string[], part: string): Source | null {
  const layers = new Set(names.filter((name) => /^(predictions|dense(_\d+)?)\//.test(name)).map((name) => name.split('/')[0]!))
  const head = layers.has('predictions') ? 'predictions' : layers.size === 1 ? [...layers][0] : undefined
  return head ? { name: `${head}/${partOf('keras', part)}`, layout: asItIs } : null
}

/** Names that slim gives other than by its own rule. */
const slimExceptions: Record<string, string> = {
  'Mixed_5c.Branch_1.Conv2d_0a_1x1': 'Conv2d_0b_1x1',
  'Mixed_5c.Branch_1.Conv2d_0b_5x5': 'Conv_1_0c_5x5',
  'Mixed_6a.Branch_0.Conv2d_1a_3x3': 'Conv2d_1a_1x1',
  'Mixed_6a.Branch_1.Conv2d_1a_3x3': 'Conv2d_1a_1x1',
  'Mixed_7b.Branch_1.Conv2d_0c_3x1': 'Conv2d_0b_3x1',
}

const slim: Convention = {
  name: 'TensorFlow-slim',
  rules: () => byLayer((layer, part) => {
    if (layer === 'Logits') return { name: `InceptionV3/Logits/Conv2d_1c_1x1/${partOf('slim', part)}`, layout: part === 'kernel' ? denseAsConvolution(1, 1) : asItIs }
    const path = layer.split('.')
    const scope = [...path.slice(0, -1), slimExceptions[layer] ?? path.at(-1)!].join('/')
    return { name: `InceptionV3/${scope}/${part === 'kernel' ? '' : 'BatchNorm/'}${partOf('slim', part)}`, layout: asItIs }
  }),
}

/** torchvision's names within a Mixed block, branch by branch. */
const windowsOf5 = [['branch1x1'], ['branch5x5_1', 'branch5x5_2'], ['branch3x3dbl_1', 'branch3x3dbl_2', 'branch3x3dbl_3'], ['branch_pool']]
const windowsOf7 = [
  ['branch1x1'],
  ['branch7x7_1', 'branch7x7_2', 'branch7x7_3'],
  ['branch7x7dbl_1', 'branch7x7dbl_2', 'branch7x7dbl_3', 'branch7x7dbl_4', 'branch7x7dbl_5'],
  ['branch_pool'],
]
const forks = [['branch1x1'], ['branch3x3_1', 'branch3x3_2a', 'branch3x3_2b'], ['branch3x3dbl_1', 'branch3x3dbl_2', 'branch3x3dbl_3a', 'branch3x3dbl_3b'], ['branch_pool']]
const torchBranches: Record<string, string[][]> = {
  Mixed_5b: windowsOf5,
  Mixed_5c: windowsOf5,
  Mixed_5d: windowsOf5,
  Mixed_6a: [['branch3x3'], ['branch3x3dbl_1', 'branch3x3dbl_2', 'branch3x3dbl_3']],
  Mixed_6b: windowsOf7,
  Mixed_6c: windowsOf7,
  Mixed_6d: windowsOf7,
  Mixed_6e: windowsOf7,
  Mixed_7a: [['branch3x3_1', 'branch3x3_2'], ['branch7x7x3_1', 'branch7x7x3_2', 'branch7x7x3_3', 'branch7x7x3_4']],
  Mixed_7b: forks,
  Mixed_7c: forks,
}

/** Its norms have a scale, which is taken into kernel and mean: scale (k * x - mean) = (scale k) * x - scale mean. */
const torchvision: Convention = {
  name: 'torchvision',
  rules: (_, weights) => {
    const nameOf = torchNames(convolutionsOf(weights))
    return byLayer((layer, part): Source => {
      if (layer === 'Logits') return { name: `fc.${partOf('torch', part)}`, layout: part === 'kernel' ? linear : asItIs }
      const theirs = nameOf.get(layer)!
      if (part === 'kernel') return { name: `${theirs}.conv.weight`, layout: convolution, times: `${theirs}.bn.weight` }
      const source = { name: `${theirs}.bn.${partOf('torch', part)}`, layout: asItIs }
      return part === 'mean' ? { ...source, times: `${theirs}.bn.weight` } : source
    })
  },
  card: { variant: 'torchvision' },
  changes: [
    `torchvision's average pools count the border as zeros: this network does so, too.`,
    `As with torchvision's own trained weights (transform_input), ${scaling}.`,
  ],
}

function torchNames(ours: readonly string[]): Map<string, string> {
  const places = new Map<string, number>()
  return new Map(ours.map((layer) => {
    const [block, branch] = layer.split('.')
    if (branch === undefined) return [layer, layer]
    const place = places.get(`${block}.${branch}`) ?? 0
    places.set(`${block}.${branch}`, place + 1)
    return [layer, `${block}.${torchBranches[block!]![Number(branch.at(-1))]![place]}`]
  }))
}

function convolutionsOf(weights: readonly NamedShape[]): string[] {
  return weights.map(({ name }) => name).filter((name) => name.endsWith('.kernel') && name !== 'Logits.kernel').map((name) => name.slice(0, -'.kernel'.length))
}

export const inceptionV3Conventions: readonly Convention[] = [keras, slim, torchvision]
