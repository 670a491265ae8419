import type { CardDraft } from '../../../src-main/domain/importing.ts'

export type Normalisation = NonNullable<CardDraft['normalisation']>

export interface NormalisationPreset {
  name: string
  words: string
  value: Normalisation
}

const rgb = 'rgb' as const

/** What published networks expect of a picture, each as (multiply * x - subtract) / divide of x in [0, 1]. */
export const normalisationPresets: readonly NormalisationPreset[] = [
  { name: 'imagenet', words: 'ImageNet mean and deviation (torchvision)', value: { multiply: 1, subtract: [0.485, 0.456, 0.406], divide: [0.229, 0.224, 0.225], order: rgb } },
  { name: 'signed', words: '−1 to 1', value: { multiply: 2, subtract: [1, 1, 1], divide: 1, order: rgb } },
  { name: 'unit', words: '0 to 1', value: { multiply: 1, subtract: [0, 0, 0], divide: 1, order: rgb } },
  { name: 'bytes', words: '0 to 255', value: { multiply: 255, subtract: [0, 0, 0], divide: 1, order: rgb } },
  // The means are given in RGB: the card's order is changed after the subtraction.
  { name: 'caffe', words: '0 to 255, BGR minus ImageNet means (Caffe, Keras VGG)', value: { multiply: 255, subtract: [123.68, 116.779, 103.939], divide: 1, order: 'bgr' } },
  { name: 'efficientnet', words: '(0 to 255 − 127) / 128 (EfficientNet-Lite)', value: { multiply: 255, subtract: [127, 127, 127], divide: 128, order: rgb } },
]

/** The preset that a card's normalisation is, or 'custom'. None at all leaves 0 to 1 as it is. */
export function presetOf(normalisation: CardDraft['normalisation']): string {
  if (normalisation === null) return 'unit'
  const key = inNumbers(normalisation)
  return normalisationPresets.find((preset) => inNumbers(preset.value) === key)?.name ?? 'custom'
}

/** The values that black and white become, for each channel as the network gets them. */
export function rangeOf({ multiply, subtract, divide, order }: Normalisation): Array<[number, number]> {
  const by = perChannel(divide)
  const ranges = subtract.map((mean, i): [number, number] => [-mean / by[i]!, (multiply - mean) / by[i]!])
  return order === 'bgr' ? ranges.reverse() : ranges
}

export function perChannel(divide: Normalisation['divide']): [number, number, number] {
  return typeof divide === 'number' ? [divide, divide, divide] : divide
}

function inNumbers({ multiply, subtract, divide, order }: Normalisation): string {
  return [multiply, ...subtract, ...perChannel(divide), order].join(' ')
}
