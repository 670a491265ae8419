import type { CardDraft } from '../../../src-main/domain/importing.ts'
import { normalisationPresets, type Normalisation } from '../../../src-main/domain/normalisationPresets.ts'

/** The preset that a card's normalisation is, or 'custom'. None at all leaves 0 to 1 as it is. */
export function presetOf(normalisation: CardDraft['normalisation']): string {
  if (normalisation === null) return 'zero-to-one'
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
