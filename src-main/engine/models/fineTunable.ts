import type { Card } from '../../domain/card.ts'
import { efficientNetLiteSizes } from './architectures/efficientNetLiteLayout.ts'

type LiteCode = keyof typeof efficientNetLiteSizes
export type FineTunableCode = LiteCode | 'vgg-19' | 'inception-v3' | 'resnet-101-v2'

/**
 * Catalogue networks whose late stages can go on learning, and the stage with which learning begins by default: late enough that a few hundred
 * pictures can teach it.
 *
 * EfficientNet-Lite and ResNet: the stages of the lowest resolution. Inception-V3: the last two of these, half of all weights. VGG-19: the last
 * dense layer before the classifier, for fc6 alone has 103 million weights.
 */
const defaultFrom: Readonly<Record<FineTunableCode, string>> = {
  ...(Object.fromEntries(Object.keys(efficientNetLiteSizes).map((name) => [name, 'block6'])) as Record<LiteCode, string>),
  'vgg-19': 'fc7',
  'inception-v3': 'Mixed_7b',
  'resnet-101-v2': 'block4',
}

export const fineTunableCodes = Object.keys(defaultFrom) as FineTunableCode[]

/** Which of these a network is made from, by its card, and where it begins to learn; null for all others, and for whole graphs from a file. */
export function fineTunableAs({ name, network }: Pick<Card, 'name' | 'network'>): { code: FineTunableCode; defaultFrom: string } | null {
  if (network?.from === 'graph') return null
  const code = network?.from === 'architecture' ? network.name : name
  return Object.hasOwn(defaultFrom, code) ? { code: code as FineTunableCode, defaultFrom: defaultFrom[code as FineTunableCode] } : null
}
