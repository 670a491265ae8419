import type { FigureCell } from '../../domain/figure.ts'
import type { CochleagramPicture } from '../../domain/stimulus.ts'

/** A row for each frequency, a column for each moment. @param of  what stands before them in every row */
export function cochleagramRecords(of: Record<string, FigureCell>, { rows, columns, data, maximum, frequenciesHz, envelopeRateHz }: CochleagramPicture): Array<Record<string, FigureCell>> {
  const times = Array.from({ length: columns }, (_, column) => `${(column / envelopeRateHz).toFixed(4)} s`)
  return Array.from({ length: rows }, (_, row) => ({
    ...of, frequencyHz: Number(frequenciesHz[row]!.toFixed(3)),
    ...Object.fromEntries(times.map((time, column) => [time, Number(((data[row * columns + column]! / 255) * maximum).toPrecision(5))])),
  }))
}
