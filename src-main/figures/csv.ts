import type { FigureCell } from '../domain/figure.ts'

export type CsvCell = FigureCell

/** Write records as comma-separated text (RFC 4180), the names of the first one's fields on top. Missing and undefined values are empty. */
export function csv(records: ReadonlyArray<Record<string, CsvCell>>): string {
  const names = Object.keys(records[0] ?? {})
  const lines = [names, ...records.map((record) => names.map((name) => record[name] ?? null))]
  return lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: CsvCell): string {
  if (cell === null || Number.isNaN(cell)) return ''
  if (typeof cell === 'number') return String(cell)
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
