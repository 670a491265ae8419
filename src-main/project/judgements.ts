import type { Judgement, LabelScore, Recognition, StageMeasurement } from '../domain/run.ts'
import type { Which } from './signals.ts'
import type { Store } from './store.ts'
import { fromSql, toSql } from './values.ts'

/** Measurements at every stage, and labels, of finished runs. */
export interface Judgements {
  /** Inside a transaction. */
  add(runId: number, judgement: Judgement): void
  get(runId: number): Judgement
}

export function createJudgements(store: Store): Judgements {
  const measurements = createMeasurements(store)
  const recognitions = createRecognitions(store)
  return {
    add(runId, { stages, floatStages, labels }) {
      measurements.add(runId, 'exported', stages)
      measurements.add(runId, 'float', floatStages)
      if (labels) recognitions.add(runId, labels)
    },
    get: (runId) => ({
      stages: measurements.get(runId, 'exported'),
      floatStages: measurements.get(runId, 'float'),
      labels: recognitions.get(runId),
    }),
  }
}

function createMeasurements({ sql }: Store) {
  const insert = sql.prepare('INSERT INTO measurements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const select = sql.prepare<[number, string], Record<string, unknown>>(
    'SELECT * FROM measurements WHERE run_id = ? AND signal = ? ORDER BY position',
  )
  return {
    add: (runId: number, signal: 'exported' | 'float', stages: StageMeasurement[]) =>
      stages.forEach((s, position) => {
        const figures = [s.rho, s.pearson, s.dbAuthors, s.dbPower, s.referenceNorm, s.differenceNorm]
        insert.run(runId, signal, position, s.stage, ...figures.map((figure) => toSql(figure)))
      }),
    get: (runId: number, signal: 'exported' | 'float') => select.all(runId, signal).map(measurementOf),
  }
}

function measurementOf(row: Record<string, unknown>): StageMeasurement {
  return {
    stage: row['stage'] as string,
    rho: fromSql(row['rho']),
    pearson: fromSql(row['pearson']),
    dbAuthors: fromSql(row['db_authors']),
    dbPower: fromSql(row['db_power']),
    referenceNorm: fromSql(row['reference_norm']),
    differenceNorm: fromSql(row['difference_norm']),
  }
}

function createRecognitions({ sql }: Store) {
  const insert = sql.prepare('INSERT INTO recognitions (run_id, which, category16) VALUES (?, ?, ?)')
  const insertLabel = sql.prepare('INSERT INTO labels VALUES (?, ?, ?, ?, ?, ?)')
  const select = sql.prepare<[number, Which], { category16: string | null }>(
    'SELECT category16 FROM recognitions WHERE run_id = ? AND which = ?',
  )
  const selectLabels = sql.prepare<[number, Which], { label_index: number; label: string; probability: unknown }>(
    'SELECT label_index, label, probability FROM labels WHERE run_id = ? AND which = ? ORDER BY position',
  )

  function get(runId: number, which: Which): Recognition | null {
    const row = select.get(runId, which)
    if (!row) return null
    const top: LabelScore[] = selectLabels
      .all(runId, which)
      .map((l) => ({ index: l.label_index, label: l.label, probability: fromSql(l.probability) }))
    return { top, category16: row.category16 }
  }

  return {
    add(runId: number, labels: NonNullable<Judgement['labels']>): void {
      for (const which of ['reference', 'metamer'] as const) {
        insert.run(runId, which, labels[which].category16)
        labels[which].top.forEach(({ index, label, probability }, position) =>
          insertLabel.run(runId, which, position, index, label, toSql(probability)),
        )
      }
    },
    get(runId: number): Judgement['labels'] {
      const reference = get(runId, 'reference')
      const metamer = get(runId, 'metamer')
      return reference && metamer && { reference, metamer }
    },
  }
}
