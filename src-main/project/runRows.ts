import type { StimulusKind } from '../domain/network.ts'
import type { Protocol } from '../domain/protocol.ts'
import type { RunState, RunSummary } from '../domain/run.ts'
import { fromSql, fromSqlOrNull } from './values.ts'
import { verdictOf, type VerdictRow } from './verdicts.ts'

/** A run with what is shown of it in a list: one row each. */
export interface RunRow extends VerdictRow {
  id: number
  state: RunState
  network: string
  weights_hash: string
  kind: StimulusKind
  layer: string
  reference_id: number
  reference_name: string
  protocol_id: number
  environment_id: number | null
  seed: number
  retry_of: number | null
  inverts: number | null
  updates_done: number
  seconds: number
  loss_first: unknown
  loss_last: unknown
  rho: unknown
  reference_label: string | null
  metamer_label: string | null
  message: string | null
  created_at: string
  finished_at: string | null
}

const topLabel = (which: string) =>
  `(SELECT label FROM labels l WHERE l.run_id = r.id AND l.which = '${which}' AND l.position = 0)`

/** The state is derived: only a stored result makes a run finished. */
export const selectRuns = `
SELECT r.id, CASE WHEN d.run_id IS NULL THEN r.unfinished_state ELSE 'finished' END AS state,
  n.name AS network, n.weights_hash, n.kind, r.layer, r.reference_id, s.file_name AS reference_name,
  r.protocol_id, r.environment_id, r.seed, r.retry_of, r.inverts, r.updates_done, r.seconds, r.loss_first, r.loss_last,
  (SELECT rho FROM measurements m WHERE m.run_id = r.id AND m.signal = 'exported' AND m.stage = r.layer) AS rho,
  ${topLabel('reference')} AS reference_label, ${topLabel('metamer')} AS metamer_label,
  v.outcome, v.reason, v.same_label, v.above_null, v.null_pairs, v.null_maximum,
  r.message, r.created_at, d.finished_at
FROM runs r
JOIN networks n ON n.id = r.network_id
JOIN reference_stimuli s ON s.id = r.reference_id
LEFT JOIN results d ON d.run_id = r.id
LEFT JOIN verdicts v ON v.id = (SELECT max(id) FROM verdicts WHERE run_id = r.id)`

export function summaryOf(row: RunRow, protocol: Protocol): RunSummary {
  return {
    id: row.id,
    state: row.state,
    network: row.network,
    networkHash: row.weights_hash,
    kind: row.kind,
    layer: row.layer,
    referenceId: row.reference_id,
    referenceName: row.reference_name,
    protocol,
    seed: row.seed,
    retryOf: row.retry_of,
    inverts: row.inverts,
    updatesDone: row.updates_done,
    seconds: row.seconds,
    loss: lossOf(row),
    rho: fromSqlOrNull(row.rho),
    labels: labelsOf(row),
    verdict: row.outcome === null ? null : verdictOf(row),
    message: row.message,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}

function lossOf({ loss_first, loss_last }: RunRow): RunSummary['loss'] {
  if (loss_first === null || loss_last === null) return null
  return { first: fromSql(loss_first), last: fromSql(loss_last) }
}

function labelsOf({ reference_label, metamer_label }: RunRow): RunSummary['labels'] {
  if (reference_label === null || metamer_label === null) return null
  return { reference: reference_label, metamer: metamer_label }
}
