/**
 * Read a list of labels as people keep it: one on a line; a JSON array; or a JSON object from index to label, where the
 * label may also be the last of an array (Keras' ["n01440764", "tench"]).
 *
 * @throws SyntaxError with a sentence when it begins like JSON and is none, or its indices have gaps
 */
export function readLabels(text: string): string[] {
  const trimmed = text.trim()
  return /^[[{]/.test(trimmed) ? labelsOfJson(trimmed) : trimmed.split(/\r?\n/).map((line) => line.trim()).filter(Boolean)
}

function labelsOfJson(text: string): string[] {
  const value = parse(text)
  if (Array.isArray(value)) return value.map(labelOf)
  const entries = new Map(Object.entries(value as object).map(([index, label]) => [Number(index), labelOf(label)]))
  return Array.from({ length: entries.size }, (_, i) => {
    const label = entries.get(i)
    if (label === undefined) throw new SyntaxError(`The list of labels has ${entries.size} entries but none with index ${i}. Indices must go from 0 without a gap.`)
    return label
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SyntaxError('The list of labels begins like JSON but cannot be read as such. Give an array of texts, or plain text with one label on a line.', { cause })
  }
}

function labelOf(value: unknown): string {
  return String(Array.isArray(value) ? value.at(-1) : value)
}
