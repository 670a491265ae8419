import type { FoldedNames, NormNames } from './foldedConvolution.ts'

export const resNetEpsilon = 1.001e-5

/** A residual unit: it narrows to `width` channels, filters, and widens to `output`. */
export interface ResNetUnit {
  name: string
  input: number
  width: number
  output: number
  stride: 1 | 2
  /** Of its group: the shortcut is a convolution. */
  first: boolean
}

/** Groups of units. `stride` is that of the group's last unit. */
const groups = [
  { units: 3, width: 64, stride: 2 },
  { units: 4, width: 128, stride: 2 },
  { units: 23, width: 256, stride: 2 },
  { units: 3, width: 512, stride: 1 },
] as const

/** The units of block1 to block4. */
export const resNetBlocks: readonly (readonly ResNetUnit[])[] = groups.map(({ units, width, stride }, g) =>
  Array.from({ length: units }, (_, i) => {
    const input = i > 0 ? 4 * width : 4 * (groups[g - 1]?.width ?? 16)
    return { name: `conv${g + 2}_block${i + 1}`, input, width, output: 4 * width, stride: i === units - 1 ? stride : 1, first: i === 0 }
  }),
)

/** Of the last block. */
export const resNetChannels = 2048

/** Names of the weights of a convolution without a bias and of the norm after it. */
export function resNetFolded(name: string): FoldedNames {
  return { kernel: `${name}_conv.kernel`, norm: resNetNorm(`${name}_bn`), epsilon: resNetEpsilon }
}

export function resNetNorm(name: string): Record<keyof NormNames, string> {
  return { gamma: `${name}.gamma`, beta: `${name}.beta`, mean: `${name}.mean`, variance: `${name}.variance` }
}
