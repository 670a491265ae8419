/** JSON in which NaN, which it lacks, is the text "NaN". */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' && Number.isNaN(part) ? 'NaN' : part))
}

/** @param text  made by toJson; a text "NaN" in it is taken for the number */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, part: unknown) => (part === 'NaN' ? Number.NaN : part))
}
