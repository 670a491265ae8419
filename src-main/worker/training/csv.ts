/**
 * Split comma-separated values (RFC 4180): quoted fields may hold commas, line ends and doubled quotes. Empty lines are left out.
 *
 * @returns rows of fields, the header's among them
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy
  while (field.lastIndex < text.length) {
    const [, raw, end] = field.exec(text) ?? [null, text.slice(field.lastIndex), '']
    row.push(raw!.startsWith('"') ? raw!.slice(1, -1).replaceAll('""', '"') : raw!.trim())
    if (end === ',') {
      if (field.lastIndex === text.length) row.push('')
      continue
    }
    if (row.some((value) => value !== '')) rows.push(row)
    row = []
    if (end === '') break
  }
  if (row.some((value) => value !== '')) rows.push(row)
  return rows
}
