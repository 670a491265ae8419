import type { DatedVerdict, Verdict } from '../domain/run.ts'
import type { Store } from './store.ts'
import { fromSql, toSql } from './values.ts'

/** What was decided on each result, and when. Nothing is overwritten; the latest counts. */
export interface Verdicts {
  add(runId: number, verdict: Verdict, decidedAt: string): void
  /** Oldest first. */
  history(runId: number): DatedVerdict[]
}

/** Columns of the table, as they come with a run too. */
export interface VerdictRow {
  outcome: Verdict['outcome']
  reason: string
  same_label: Verdict['sameLabel']
  above_null: Verdict['aboveNull']
  null_pairs: number | null
  null_maximum: unknown
}

export function createVerdicts(store: Store): Verdicts {
  const insert = store.sql.prepare(
    `INSERT INTO verdicts (run_id, outcome, reason, same_label, above_null, null_pairs, null_maximum, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const select = store.sql.prepare<[number], VerdictRow & { decided_at: string }>(
    'SELECT * FROM verdicts WHERE run_id = ? ORDER BY id',
  )
  return {
    add: (runId, { outcome, reason, sameLabel, aboveNull, null: against }, decidedAt) =>
      store.write(() => {
        const maximum = against ? toSql(against.maximum) : null
        insert.run(runId, outcome, reason, sameLabel, aboveNull, against?.pairs ?? null, maximum, decidedAt)
        store.announce('runs', [runId])
      }),
    history: (runId) => select.all(runId).map((row) => ({ ...verdictOf(row), decidedAt: row.decided_at })),
  }
}

export function verdictOf(row: VerdictRow): Verdict {
  return {
    outcome: row.outcome,
    reason: row.reason,
    sameLabel: row.same_label,
    aboveNull: row.above_null,
    null: row.null_pairs === null ? null : { pairs: row.null_pairs, maximum: fromSql(row.null_maximum) },
  }
}
