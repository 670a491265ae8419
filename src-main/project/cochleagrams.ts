import type { CochleagramPicture } from '../domain/stimulus.ts'
import type { Blobs } from './blobs.ts'
import type { Which } from './signals.ts'
import type { Store } from './store.ts'
import { fromSql, toBytes, toFloat32, toSql, toUint8 } from './values.ts'

/** Cochleagrams of both sounds of a finished run, as shown beside each other. */
export interface Cochleagrams {
  /** Inside a transaction. */
  add(runId: number, pictures: Record<Which, CochleagramPicture>): void
  /** null for pictures and unfinished runs */
  get(runId: number): Record<Which, CochleagramPicture> | null
}

interface PictureRow {
  which: Which
  rows: number
  columns: number
  maximum: unknown
  envelope_rate_hz: number
  picture: string
  frequencies: string
}

export function createCochleagrams({ sql }: Store, blobs: Blobs): Cochleagrams {
  const insert = sql.prepare('INSERT INTO cochleagrams VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const select = sql.prepare<[number], PictureRow>('SELECT * FROM cochleagrams WHERE run_id = ?')

  function pictureOf(row: PictureRow): CochleagramPicture {
    return {
      rows: row.rows,
      columns: row.columns,
      data: toUint8(blobs.get(row.picture)),
      maximum: fromSql(row.maximum),
      frequenciesHz: toFloat32(blobs.get(row.frequencies)),
      envelopeRateHz: row.envelope_rate_hz,
    }
  }

  return {
    add(runId, pictures) {
      for (const which of ['reference', 'metamer'] as const) {
        const { rows, columns, data, maximum, frequenciesHz, envelopeRateHz } = pictures[which]
        const hashes = [blobs.put(data), blobs.put(toBytes(frequenciesHz))]
        insert.run(runId, which, rows, columns, toSql(maximum), envelopeRateHz, ...hashes)
      }
    },
    get(runId) {
      const rows = select.all(runId)
      const find = (which: Which) => rows.find((row) => row.which === which)
      const [reference, metamer] = [find('reference'), find('metamer')]
      return reference && metamer ? { reference: pictureOf(reference), metamer: pictureOf(metamer) } : null
    },
  }
}
