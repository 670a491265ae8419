import type { Blobs } from './blobs.ts'
import type { Store } from './store.ts'

/** Takes runs out of a project, with all that belongs to them alone. Protocols, networks and environments are a line each, and stay. */
export interface RunRemoval {
  /** Inside a transaction. Whatever inverts one of these runs must be among them. */
  remove(runIds: readonly number[]): void
}

interface SignalsRow {
  metamer: string
  metamer_format: string
  reference: string
  reference_format: string
  signal: string
  losses: string
}

/** Children before their parents. */
const tables = ['checkpoints', 'labels', 'recognitions', 'verdicts', 'measurements', 'cochleagrams', 'results'] as const

export function createRunRemoval({ sql }: Store, blobs: Blobs): RunRemoval {
  const results = sql.prepare<[number], SignalsRow>('SELECT * FROM results WHERE run_id = ?')
  const pictures = sql.prepare<[number], { picture: string; frequencies: string }>('SELECT picture, frequencies FROM cochleagrams WHERE run_id = ?')
  const drops = [...tables.map((table) => `${table} WHERE run_id`), 'runs WHERE id'].map((from) => sql.prepare<[number]>(`DELETE FROM ${from} = ?`))
  // A chain of tries stays one: the next follows the one before, if there is any.
  const join = sql.prepare<[{ id: number }]>('UPDATE runs SET retry_of = (SELECT retry_of FROM runs WHERE id = @id) WHERE retry_of = @id')
  const unused = `FROM judged_signals WHERE signal = @hash AND format = @format AND NOT EXISTS (
    SELECT 1 FROM results WHERE (metamer = @hash AND metamer_format = @format) OR (reference = @hash AND reference_format = @format))`
  const dropJudgedLabels = sql.prepare<[{ hash: string; format: string }]>(`DELETE FROM judged_labels WHERE judged_id IN (SELECT id ${unused})`)
  const dropJudged = sql.prepare<[{ hash: string; format: string }]>(`DELETE ${unused}`)

  return {
    remove(runIds) {
      const signals = runIds.flatMap((id) => results.all(id))
      const others = runIds.flatMap((id) => pictures.all(id))
      // The latest first: what refers to a run is younger than it.
      for (const id of [...runIds].sort((a, b) => b - a)) {
        join.run({ id })
        for (const drop of drops) drop.run(id)
      }
      for (const { metamer, metamer_format, reference, reference_format } of signals) {
        for (const key of [{ hash: metamer, format: metamer_format }, { hash: reference, format: reference_format }]) {
          dropJudgedLabels.run(key)
          dropJudged.run(key)
        }
      }
      const hashes = [...signals.flatMap((row) => [row.metamer, row.reference, row.signal, row.losses]), ...others.flatMap((row) => [row.picture, row.frequencies])]
      for (const hash of new Set(hashes)) blobs.forget(hash)
    },
  }
}
