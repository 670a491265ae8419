/** Four digits, enough to watch a loss fall: "37735000000" as "3.774e10". */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const plain = Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6
  return value === 0 || plain ? String(Number(value.toPrecision(4))) : value.toExponential(3).replace('e+', 'e')
}

/** Lines of columns, each as wide as its widest cell; the last is not padded. */
export function columns(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  const line = (row: string[]): string => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')
  return rows.map((row) => `${line(row)}\n`).join('')
}
