import { ProjectError } from '../domain/errors.ts'
import type { CochleagramSpace } from '../domain/network.ts'
import type { JudgedRun, NamedAs, NamedSignal } from '../domain/recognition.ts'
import type { QuantisedSignal } from '../domain/stimulus.ts'
import type { Blobs } from './blobs.ts'
import type { Networks, UsedNetwork } from './networks.ts'
import { signalOf, takes } from './signals.ts'
import type { Store } from './store.ts'
import { toSql } from './values.ts'

/** A stored signal of a run, by what it is. */
export interface SignalKey {
  hash: string
  format: string
}

/** What other networks take the signals of finished runs for. A signal is named by a judge once. */
export interface Recognitions {
  /**
   * The signals of these runs that this judge has not named yet, each once. In place of a cochleagram that it does not hear by: the sound that
   * inverts it, where there is one.
   */
  missing(judge: UsedNetwork & { hears?: CochleagramSpace | null }, runIds: readonly number[]): SignalKey[]
  signal(key: SignalKey): QuantisedSignal
  save(judge: UsedNetwork, named: Array<NamedSignal & { key: SignalKey }>, judgedAt: string): void
  /** Every run whose two signals a judge has named, by run and in the order in which the judges came. */
  list(): JudgedRun[]
}

/** The true class of references, where it is known. */
export interface Answers {
  /** null: forget it. @throws ProjectError when there is no such reference */
  set(answers: ReadonlyMap<number, string | null>): void
  /** By reference. */
  list(): Map<number, string>
}

/**
 * Both signals of each run that a judge may take: as stored, or, of a cochleagram, the sound made last that inverts it. A run that inverts
 * another has nothing of its own to be recognised.
 */
const judgeable = `
WITH judgeable AS (
  SELECT d.run_id, d.metamer, d.metamer_format, d.reference, d.reference_format, 0 AS sound
  FROM results d JOIN runs r ON r.id = d.run_id WHERE r.inverts IS NULL
  UNION ALL
  SELECT d.run_id, i.metamer, i.metamer_format, d.reference, d.reference_format, 1
  FROM results d JOIN results i ON i.run_id = (SELECT max(r.id) FROM runs r JOIN results x ON x.run_id = r.id WHERE r.inverts = d.run_id)
)`

const signalsOfRun = `${judgeable}
SELECT metamer, metamer_format, reference, reference_format FROM judgeable WHERE run_id = @run ORDER BY sound`

const best = (which: string) => `
JOIN judged_signals ${which} ON ${which}.signal = d.${which} AND ${which}.format = d.${which}_format
JOIN judged_labels ${which}_label ON ${which}_label.judged_id = ${which}.id AND ${which}_label.position = 0`

const judgedRuns = `${judgeable}
SELECT d.run_id, n.name AS judge, n.weights_hash AS judge_hash,
  metamer_label.label_index AS metamer_index, metamer_label.label AS metamer_label, metamer.category16 AS metamer_category,
  reference_label.label_index AS reference_index, reference_label.label AS reference_label, reference.category16 AS reference_category
FROM judgeable d ${best('metamer')} ${best('reference')} AND reference.judge_id = metamer.judge_id
JOIN networks n ON n.id = metamer.judge_id
ORDER BY d.run_id, metamer.judge_id`

interface SignalsRow {
  metamer: string
  metamer_format: string
  reference: string
  reference_format: string
}

interface JudgedRow {
  run_id: number
  judge: string
  judge_hash: string
  metamer_index: number
  metamer_label: string
  metamer_category: string | null
  reference_index: number
  reference_label: string
  reference_category: string | null
}

export function createRecognitions(store: Store, blobs: Blobs, networks: Networks): Recognitions {
  const { sql } = store
  const signals = sql.prepare<[{ run: number }], SignalsRow>(signalsOfRun)
  const known = sql.prepare<[string, string, string, string], number>(
    `SELECT 1 FROM judged_signals s JOIN networks n ON n.id = s.judge_id
     WHERE n.name = ? AND n.weights_hash = ? AND s.signal = ? AND s.format = ?`,
  ).pluck()
  const insert = sql.prepare(
    'INSERT OR IGNORE INTO judged_signals (judge_id, signal, format, category16, notices, judged_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const insertLabel = sql.prepare('INSERT INTO judged_labels VALUES (?, ?, ?, ?, ?)')
  const all = sql.prepare<[], JudgedRow>(judgedRuns)

  function saveOne(judgeId: number, { key, recognition, notices }: NamedSignal & { key: SignalKey }, judgedAt: string): void {
    const added = insert.run(judgeId, key.hash, key.format, recognition.category16, JSON.stringify(notices), judgedAt)
    if (added.changes === 0) return
    recognition.top.forEach(({ index, label, probability }, position) =>
      insertLabel.run(added.lastInsertRowid, position, index, label, toSql(probability)),
    )
  }

  return {
    missing({ name, weightsHash, hears }, runIds) {
      const keys = runIds.flatMap((run) => keysOf(signals.all({ run }).find((row) => takes(hears, row.metamer_format))))
      const distinct = [...new Map(keys.map((key) => [`${key.hash} ${key.format}`, key])).values()]
      return distinct.filter(({ hash, format }) => known.get(name, weightsHash, hash, format) === undefined)
    },
    signal: ({ hash, format }) => signalOf(format, blobs.get(hash)),
    save: (judge, named, judgedAt) =>
      store.write(() => {
        const judgeId = networks.idOf(judge)
        for (const one of named) saveOne(judgeId, one, judgedAt)
        store.announce('recognitions', [])
      }),
    list: () => all.all().map(judgedRunOf),
  }
}

function keysOf(row: SignalsRow | undefined): SignalKey[] {
  if (!row) return []
  return [{ hash: row.metamer, format: row.metamer_format }, { hash: row.reference, format: row.reference_format }]
}

function judgedRunOf(row: JudgedRow): JudgedRun {
  const named = (which: 'metamer' | 'reference'): NamedAs => ({
    index: row[`${which}_index`],
    label: row[`${which}_label`],
    category16: row[`${which}_category`],
  })
  return { runId: row.run_id, judge: row.judge, judgeHash: row.judge_hash, metamer: named('metamer'), reference: named('reference') }
}

export function createAnswers(store: Store): Answers {
  const { sql } = store
  const replace = sql.prepare<[number, string]>('INSERT OR REPLACE INTO answers (reference_id, answer) VALUES (?, ?)')
  const remove = sql.prepare<[number]>('DELETE FROM answers WHERE reference_id = ?')
  const exists = sql.prepare<[number], number>('SELECT 1 FROM reference_stimuli WHERE id = ?').pluck()
  const all = sql.prepare<[], { reference_id: number; answer: string }>('SELECT * FROM answers ORDER BY reference_id')
  return {
    set: (answers) =>
      store.write(() => {
        for (const [id, answer] of answers) {
          if (exists.get(id) === undefined) throw new ProjectError(`There is no reference ${id} in this project. Add the stimulus first.`)
          if (answer === null) remove.run(id)
          else replace.run(id, answer)
        }
        store.announce('recognitions', [])
      }),
    list: () => new Map(all.all().map(({ reference_id, answer }) => [reference_id, answer])),
  }
}
