/** Tab-separated tables with a sidecar that describes their columns, after the Brain Imaging Data Structure (BIDS). */

export type Cell = string | number | null

export interface Column<Row> {
  name: string
  description: string
  units?: string
  /** The values a column can take, and their meaning. */
  levels?: Readonly<Record<string, string>>
  value: (row: Row) => Cell
}

/** What stands for a value that is missing or undefined. */
const missing = 'n/a'

/** Write rows as tab-separated text, one header line first. */
export function tsv<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): string {
  const lines = [columns.map((c) => c.name), ...rows.map((row) => columns.map((c) => cellText(c.value(row))))]
  return lines.map((cells) => `${cells.join('\t')}\n`).join('')
}

/** Describe the columns as BIDS asks for it, ready for JSON. */
export function sidecar<Row>(columns: ReadonlyArray<Column<Row>>): object {
  return Object.fromEntries(
    columns.map(({ name, description, units, levels }) => [
      name,
      { Description: description, ...(units ? { Units: units } : {}), ...(levels ? { Levels: levels } : {}) },
    ]),
  )
}

function cellText(cell: Cell): string {
  if (cell === null || Number.isNaN(cell)) return missing
  if (cell === Infinity) return 'inf'
  if (cell === -Infinity) return '-inf'
  // Tabs and line breaks would tear the table.
  const text = String(cell).replace(/\s+/g, ' ').trim()
  return text === '' ? missing : text
}
