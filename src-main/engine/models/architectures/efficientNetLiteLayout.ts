/** Groups of inverted residual blocks, EfficientNet-Lite0. `stride` is that of the group's first block. */
const groups = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, output: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, output: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, output: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, output: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, output: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, output: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, output: 320 },
]
const stemChannels = 32
export const headChannels = 1280

export interface LiteSizes {
  /** Multiplies the channels of every block; stem and head keep theirs. */
  width: number
  /** Multiplies the blocks of every group but the first and the last. */
  depth: number
}

const lite0: LiteSizes = { width: 1, depth: 1 }

/** By the name of the catalogue's network. @source Tan & Le 2019 */
export const efficientNetLiteSizes = {
  'efficientnet-lite0': lite0,
  'efficientnet-lite0-16way-seed1': lite0,
  'efficientnet-lite0-16way-seed2': lite0,
  'efficientnet-lite1': { width: 1, depth: 1.1 },
  'efficientnet-lite2': { width: 1.1, depth: 1.2 },
} as const satisfies Record<string, LiteSizes>

/** A convolution with the batch norm after it, by the names of their weights. */
export interface LiteConvolution {
  name: string
  norm: string
  /** Over all channels, or each channel by itself. */
  kind: 'full' | 'depthwise'
  size: number
  stride: number
  input: number
  output: number
  /** Whether ReLU6 comes after it. */
  rectified: boolean
}

/** Convolutions one after the other; where it is residual, plus the block's input. */
export interface LiteBlock {
  name: string
  convolutions: LiteConvolution[]
  residual: boolean
}

export interface LiteStage {
  name: string
  blocks: LiteBlock[]
}

/** What an EfficientNet-Lite is made of, from the stem to the head; then come the mean over places and the classifier. */
export function efficientNetLiteStages({ width, depth }: LiteSizes): LiteStage[] {
  const input = scaledChannels(groups.at(-1)!.output, width)
  return [
    single('stem', { name: '_conv_stem', norm: '_bn0', kind: 'full', size: 3, stride: 2, input: 3, output: stemChannels, rectified: true }),
    ...groupStages(width, depth),
    single('head', { name: '_conv_head', norm: '_bn1', kind: 'full', size: 1, stride: 1, input, output: headChannels, rectified: true }),
  ]
}

function single(name: string, convolution: LiteConvolution): LiteStage {
  return { name, blocks: [{ name, convolutions: [convolution], residual: false }] }
}

function groupStages(width: number, depth: number): LiteStage[] {
  let index = 0
  let input = stemChannels
  return groups.map((group, g) => {
    const scales = g > 0 && g < groups.length - 1
    const output = scaledChannels(group.output, width)
    const blocks = Array.from({ length: scales ? Math.ceil(group.repeats * depth) : group.repeats }, (_, i) => {
      const made = block(`_blocks.${index++}`, { ...group, stride: i === 0 ? group.stride : 1, input, output })
      input = output
      return made
    })
    return { name: `block${g + 1}`, blocks }
  })
}

/** To the nearest multiple of eight, one step up where that would lose more than a tenth. */
function scaledChannels(channels: number, width: number): number {
  const wanted = channels * width
  const nearest = Math.max(8, Math.floor((wanted + 4) / 8) * 8)
  return nearest < 0.9 * wanted ? nearest + 8 : nearest
}

interface BlockSize {
  kernel: number
  stride: number
  expansion: number
  input: number
  output: number
}

/** Widen, filter each channel, narrow; plus the input where the shape stays. */
function block(name: string, { kernel, stride, expansion, input, output }: BlockSize): LiteBlock {
  const wide = input * expansion
  const widen: LiteConvolution = { name: `${name}._expand_conv`, norm: `${name}._bn0`, kind: 'full', size: 1, stride: 1, input, output: wide, rectified: true }
  return {
    name,
    residual: stride === 1 && input === output,
    convolutions: [
      ...(expansion === 1 ? [] : [widen]),
      { name: `${name}._depthwise_conv`, norm: `${name}._bn1`, kind: 'depthwise', size: kernel, stride, input: wide, output: wide, rectified: true },
      { name: `${name}._project_conv`, norm: `${name}._bn2`, kind: 'full', size: 1, stride: 1, input: wide, output, rectified: false },
    ],
  }
}
