import type { Judgement, SynthesisResult } from '../domain/run.ts'
import type { CochleagramPicture, QuantisedSignal } from '../domain/stimulus.ts'
import type { Blobs } from './blobs.ts'
import { createCochleagrams } from './cochleagrams.ts'
import { createJudgements } from './judgements.ts'
import { formatOf, signalOf, type Which } from './signals.ts'
import type { Store } from './store.ts'
import { toBytes, toFloat32 } from './values.ts'

/** What a finished run left: its existence is what makes the run finished. */
export interface Results {
  /** Inside a transaction. */
  add(runId: number, result: SynthesisResult, finishedAt: string): void
  signal(runId: number, which: Which): QuantisedSignal | null
  /** The metamer before it was rounded for export. */
  floatSignal(runId: number): Float32Array | null
  losses(runId: number): Float32Array | null
  cochleagrams(runId: number): Record<Which, CochleagramPicture> | null
  judgement(runId: number): Judgement | null
}

interface Row {
  metamer_format: string
  reference_format: string
  metamer: string
  reference: string
  signal: string
  losses: string
}

export function createResults(store: Store, blobs: Blobs): Results {
  const { sql } = store
  const judgements = createJudgements(store)
  const pictures = createCochleagrams(store, blobs)
  const select = sql.prepare<[number], Row>('SELECT * FROM results WHERE run_id = ?')
  const insert = sql.prepare(
    `INSERT INTO results (run_id, finished_at, metamer_format, reference_format, metamer, reference, signal, losses)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  function insertSignals(runId: number, { checkpoint, quantised, reference }: SynthesisResult, finishedAt: string): void {
    const formats = [formatOf(quantised), formatOf(reference)]
    const arrays = [quantised.data, reference.data, checkpoint.signal, checkpoint.losses]
    insert.run(runId, finishedAt, ...formats, ...arrays.map((values) => blobs.put(toBytes(values))))
  }

  return {
    add(runId, result, finishedAt) {
      insertSignals(runId, result, finishedAt)
      judgements.add(runId, result.judgement)
      if (result.cochleagrams) pictures.add(runId, result.cochleagrams)
    },
    signal(runId, which) {
      const row = select.get(runId)
      return row ? signalOf(row[`${which}_format`], blobs.get(row[which])) : null
    },
    floatSignal(runId) {
      const row = select.get(runId)
      return row ? toFloat32(blobs.get(row.signal)) : null
    },
    losses(runId) {
      const row = select.get(runId)
      return row ? toFloat32(blobs.get(row.losses)) : null
    },
    cochleagrams: pictures.get,
    judgement: (runId) => (select.get(runId) ? judgements.get(runId) : null),
  }
}
