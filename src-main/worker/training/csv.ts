/** A row of values, and the line where it begins, from 1. */
export interface CsvRow {
  line: number
  fields: string[]
}

/**
 * Split comma-separated values (RFC 4180): quoted fields may hold commas, line ends and doubled quotes. Empty lines are left out, but counted.
 *
 * @returns rows, the header's among them
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = []
  let fields: string[] = []
  let [line, next] = [1, 1]
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy
  const end = (): void => {
    if (fields.some((value) => value !== '')) rows.push({ line, fields })
    fields = []
    line = next
  }
  while (field.lastIndex < text.length) {
    const [whole, raw, mark] = field.exec(text) ?? [text.slice(field.lastIndex), text.slice(field.lastIndex), '']
    next += whole.split('\n').length - 1
    fields.push(raw!.startsWith('"') ? raw!.slice(1, -1).replaceAll('""', '"') : raw!.trim())
    if (mark === ',') {
      if (field.lastIndex === text.length) fields.push('')
      continue
    }
    end()
    if (mark === '') break
  }
  end()
  return rows
}
