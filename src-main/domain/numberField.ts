/** A number that a person types, and what is expected of it. */
export interface NumberField {
  whole?: boolean
  /** The least one allowed; with `above` itself not. */
  from: number
  above?: boolean
  to: number
  example: string
}

/** The numbers among a protocol's settings, as people have reason to set them. */
export const settingFields = {
  updates: { whole: true, from: 1, to: 1_000_000, example: '500' },
  learningRate: { from: 0, above: true, to: 10, example: '0.001' },
  decayPer1000: { from: 0, above: true, to: 1, example: '0.95' },
  initialRms: { from: 0, above: true, to: 1, example: '0.01' },
} as const satisfies Record<string, NumberField>

export const triesField: NumberField = { whole: true, from: 2, to: 100, example: '3' }

/** @returns the number; or, where the text is none that is allowed, a sentence that says what is expected */
export function readNumber(text: string, field: NumberField): number | string {
  const asked = text.trim()
  const value = asked === '' ? NaN : Number(asked)
  const allowed = value <= field.to && (field.above ? value > field.from : value >= field.from) && (!field.whole || Number.isInteger(value))
  if (allowed) return value
  const expected = `${field.whole ? 'A whole number' : 'A number'} ${field.above ? `above ${plain(field.from)}, up to` : `from ${plain(field.from)} to`} ${plain(field.to)}`
  return `${expected}, written as in ${field.example}${asked === '' ? '' : `; not "${asked}"${hintFor(asked)}`}.`
}

/** The same sentence as part of another; null where the text is a number that is allowed. */
export function fieldProblem(text: string, field: NumberField): string | null {
  const answer = readNumber(text, field)
  return typeof answer === 'string' ? answer.replace(/^A/, 'a').replace(/\.$/, '') : null
}

/** Commas mean thousands to some and decimals to others. */
function hintFor(text: string): string {
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return ` (without commas: ${text.replaceAll(',', '')})`
  return /^\d+,\d+$/.test(text) ? ` (with a point: ${text.replace(',', '.')})` : ''
}

function plain(value: number): string {
  return value.toLocaleString('en-GB')
}
