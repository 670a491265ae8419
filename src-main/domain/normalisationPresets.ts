import type { CardDraft } from './importing.ts'

export type Normalisation = NonNullable<CardDraft['normalisation']>

export interface NormalisationPreset {
  name: string
  words: string
  value: Normalisation
}

const rgb = 'rgb' as const

/** @throws TypeError when there is no such preset */
export function normalisationNamed(name: string): Normalisation {
  return normalisationPresets.find((preset) => preset.name === name)!.value
}

/** What published networks expect of a picture, each as (multiply * x - subtract) / divide of x in [0, 1]. */
export const normalisationPresets: readonly NormalisationPreset[] = [
  { name: 'imagenet', words: 'ImageNet mean and deviation (torchvision)', value: { multiply: 1, subtract: [0.485, 0.456, 0.406], divide: [0.229, 0.224, 0.225], order: rgb } },
  { name: 'minus-one-to-one', words: '−1 to 1', value: { multiply: 2, subtract: [1, 1, 1], divide: 1, order: rgb } },
  { name: 'zero-to-one', words: '0 to 1', value: { multiply: 1, subtract: [0, 0, 0], divide: 1, order: rgb } },
  { name: '0-255', words: '0 to 255', value: { multiply: 255, subtract: [0, 0, 0], divide: 1, order: rgb } },
  // The means are given in RGB: the card's order is changed after the subtraction.
  { name: 'bgr-means', words: '0 to 255, BGR minus ImageNet means (Caffe, Keras VGG)', value: { multiply: 255, subtract: [123.68, 116.779, 103.939], divide: 1, order: 'bgr' } },
  { name: 'efficientnet', words: '(0 to 255 − 127) / 128 (EfficientNet-Lite)', value: { multiply: 255, subtract: [127, 127, 127], divide: 128, order: rgb } },
]
