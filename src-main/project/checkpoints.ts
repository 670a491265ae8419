import { ProjectError } from '../domain/errors.ts'
import type { Checkpoint } from '../domain/run.ts'
import type { Store } from './store.ts'
import { toBytes, toFloat32, toSql } from './values.ts'

/** Where each unfinished run stands. Only the latest is kept: it holds all losses so far. */
export interface Checkpoints {
  /** @throws ProjectError when the run is not running: a late message must not revive it */
  save(runId: number, checkpoint: Checkpoint): void
  load(runId: number): Checkpoint | null
  /** Losses alone, without reading the rest. */
  losses(runId: number): Float32Array | null
}

interface Row {
  updates: number
  seconds: number
  signal: Uint8Array
  m: Uint8Array
  v: Uint8Array
  losses: Uint8Array
}

export function createCheckpoints(store: Store): Checkpoints {
  const { sql } = store
  const replace = sql.prepare<[number, number, number, Uint8Array, Uint8Array, Uint8Array, Uint8Array]>(
    'INSERT OR REPLACE INTO checkpoints (run_id, updates, seconds, signal, m, v, losses) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const select = sql.prepare<[number], Row>('SELECT * FROM checkpoints WHERE run_id = ?')
  const selectLosses = sql.prepare<[number], Uint8Array>('SELECT losses FROM checkpoints WHERE run_id = ?').pluck()
  const note = sql.prepare<[number, number, unknown, unknown, number]>(
    `UPDATE runs SET updates_done = ?, seconds = ?, loss_first = ?, loss_last = ?
     WHERE id = ? AND unfinished_state = 'running'`,
  )
  return {
    save: (runId, { update, seconds, signal, m, v, losses }) =>
      store.write(() => {
        const first = losses.length ? toSql(losses[0]!) : null
        const last = losses.length ? toSql(losses[losses.length - 1]!) : null
        const { changes } = note.run(update, seconds, first, last, runId)
        if (changes === 0) throw new ProjectError(`Run ${runId} is not running; its checkpoint was not stored.`)
        replace.run(runId, update, seconds, toBytes(signal), toBytes(m), toBytes(v), toBytes(losses))
      }),
    load(runId) {
      const row = select.get(runId)
      return row ? checkpointOf(row) : null
    },
    losses(runId) {
      const losses = selectLosses.get(runId)
      return losses ? toFloat32(losses) : null
    },
  }
}

function checkpointOf(row: Row): Checkpoint {
  return {
    update: row.updates,
    seconds: row.seconds,
    signal: toFloat32(row.signal),
    m: toFloat32(row.m),
    v: toFloat32(row.v),
    losses: toFloat32(row.losses),
  }
}
