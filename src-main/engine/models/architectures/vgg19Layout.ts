/** A layer of VGG-19 by the name of its weights, `name.kernel` and `name.bias`. */
export interface VggLayer {
  name: string
  input: number
  output: number
}

const sizes = [
  { convolutions: 2, channels: 64 },
  { convolutions: 2, channels: 128 },
  { convolutions: 4, channels: 256 },
  { convolutions: 4, channels: 512 },
  { convolutions: 4, channels: 512 },
]

/** Convolutions of 3 x 3, group by group: the places halve between two groups. */
export const vggGroups: readonly (readonly VggLayer[])[] = sizes.map(({ convolutions, channels }, g) =>
  Array.from({ length: convolutions }, (_, i) => ({ name: `conv${g + 1}_${i + 1}`, input: i > 0 ? channels : (sizes[g - 1]?.channels ?? 3), output: channels })),
)

/** Fully connected layers before the classifier; the places halve once more before the first. */
export const vggDense: readonly VggLayer[] = [
  { name: 'fc6', input: 7 * 7 * 512, output: 4096 },
  { name: 'fc7', input: 4096, output: 4096 },
]
