import { ProjectError } from '../domain/errors.ts'
import { fromJson, toJson } from '../domain/jsonWithNaN.ts'
import type { RunEnvironment } from '../domain/run.ts'
import type { TrainingResult, TrainingSummary, Validation } from '../domain/training.ts'
import { readTrainingPlan, type TrainingPlan } from '../domain/trainingPlan.ts'
import type { Examination, TrainingDetail } from '../domain/trainingRecords.ts'
import type { UnfinishedState } from './runs.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store.ts'
import { createTrainingRecords } from './trainingRecords.ts'
import { fromSql, fromSqlOrNull, toSql } from './values.ts'

/**
 * Networks in training, from planned to finished. Their weights lie beside the project, in their own folder. Every method that takes
 * an id throws ProjectError where there is no such training; every writing one where the project can only be read.
 */
export interface Trainings {
  /** @returns its id */
  plan(plan: TrainingPlan, createdAt: string): number
  /** Enter a state, with the reason in words. @throws ProjectError when it is finished */
  mark(id: number, state: UnfinishedState, message: string | null): void
  /** Note how far it has come, its validations and the loss before each update so far. */
  note(id: number, step: number, validations: readonly Validation[], losses: Float32Array): void
  complete(id: number, result: TrainingResult, environment: RunEnvironment, finishedAt: string): void
  /** Keep what a close look at its network told, in place of an earlier one. @throws ProjectError unless it is finished */
  examined(id: number, examination: Examination): void
  /** Oldest first. */
  list(): TrainingSummary[]
  summary(id: number): TrainingSummary
  detail(id: number): TrainingDetail
  /** After a crash or a closed window: what was running is interrupted, what waited is paused. @returns their ids */
  interruptLeftOvers(): number[]
}

interface Row {
  id: number
  unfinished_state: UnfinishedState | null
  plan: string
  steps_done: number
  result: string | null
  environment_id: number | null
  message: string | null
  created_at: string
  finished_at: string | null
}

export function createTrainings(store: Store, settings: Settings): Trainings {
  const { sql } = store
  const metrics = createMetrics(store)
  const records = createTrainingRecords(store)
  const all = sql.prepare<[], Row>('SELECT * FROM trainings ORDER BY id')
  const one = sql.prepare<[number], Row>('SELECT * FROM trainings WHERE id = ?')
  const insert = sql.prepare("INSERT INTO trainings (unfinished_state, plan, created_at) VALUES ('planned', ?, ?)")
  const setState = sql.prepare('UPDATE trainings SET unfinished_state = ?, message = ? WHERE id = ?')
  const setSteps = sql.prepare('UPDATE trainings SET steps_done = ? WHERE id = ?')
  const finish = sql.prepare('UPDATE trainings SET unfinished_state = NULL, message = NULL, result = ?, environment_id = ?, finished_at = ? WHERE id = ?')
  const leftOvers = sql.prepare<[UnfinishedState, string, UnfinishedState], { id: number }>(
    'UPDATE trainings SET unfinished_state = ?, message = ? WHERE unfinished_state = ? RETURNING id',
  )

  function row(id: number): Row {
    const found = one.get(id)
    if (!found) throw new ProjectError(`There is no training ${id} in this project. Check its number, or open the project it is in.`)
    return found
  }

  function change(id: number, work: () => void, lasting?: 'lasting'): void {
    store.write(() => {
      if (row(id).unfinished_state === null) throw new ProjectError(`Training ${id} is finished; its result stays as it is.`)
      work()
      store.announce('trainings', [id])
    }, lasting)
  }

  const summaryFrom = (found: Row): TrainingSummary => ({
    id: found.id,
    state: found.unfinished_state ?? 'finished',
    plan: readTrainingPlan(fromJson(found.plan)),
    stepsDone: found.steps_done,
    validations: metrics.list(found.id),
    result: found.result === null ? null : (fromJson(found.result) as TrainingResult),
    environment: found.environment_id === null ? null : settings.environment(found.environment_id),
    message: found.message,
    createdAt: found.created_at,
    finishedAt: found.finished_at,
  })

  return {
    plan: (plan, createdAt) =>
      store.write(() => {
        const id = Number(insert.run(toJson(plan), createdAt).lastInsertRowid)
        store.announce('trainings', [id])
        return id
      }),
    mark: (id, state, message) => change(id, () => void setState.run(state, message, id)),
    note: (id, step, validations, losses) =>
      change(id, () => {
        setSteps.run(step, id)
        metrics.replace(id, validations)
        records.keepLosses(id, losses)
      }),
    complete: (id, result, environment, finishedAt) =>
      change(id, () => {
        setSteps.run(result.steps, id)
        finish.run(toJson(result), settings.environmentId(environment), finishedAt, id)
      }, 'lasting'),
    examined: (id, examination) =>
      store.write(() => {
        if (row(id).unfinished_state !== null) throw new ProjectError(`Training ${id} is not finished; there is no network to examine yet.`)
        records.keepExamination(id, examination)
        store.announce('trainings', [id])
      }, 'lasting'),
    list: () => all.all().map(summaryFrom),
    summary: (id) => summaryFrom(row(id)),
    detail: (id) => records.detail(row(id).id),
    interruptLeftOvers: () =>
      store.write(() => {
        const interrupted = leftOvers.all('interrupted', 'The program ended while this network was trained. Resume it to go on from its last checkpoint.', 'running')
        const paused = leftOvers.all('paused', 'The program ended before this training had begun. Resume it to put it in the queue.', 'planned')
        const ids = [...interrupted, ...paused].map(({ id }) => id).sort((a, b) => a - b)
        if (ids.length) store.announce('trainings', ids)
        return ids
      }),
  }
}

function createMetrics({ sql }: Store) {
  const remove = sql.prepare('DELETE FROM training_metrics WHERE training_id = ?')
  const insert = sql.prepare('INSERT INTO training_metrics VALUES (?, ?, ?, ?, ?, ?, ?)')
  const select = sql.prepare<[number], Record<string, unknown>>('SELECT * FROM training_metrics WHERE training_id = ? ORDER BY step')
  return {
    /** A resumed training may validate anew what was validated after its checkpoint. */
    replace(id: number, validations: readonly Validation[]): void {
      remove.run(id)
      for (const { step, loss, wordAccuracy, topFive, meanAuc, aucByLabel } of validations) {
        insert.run(id, step, toSql(loss), wordAccuracy, topFive, toSql(meanAuc), aucByLabel && toJson(aucByLabel))
      }
    },
    list: (id: number): Validation[] =>
      select.all(id).map((row) => ({
        step: row['step'] as number,
        loss: fromSql(row['loss']),
        wordAccuracy: row['word_accuracy'] as number | null,
        topFive: row['top_five'] as number | null,
        meanAuc: fromSqlOrNull(row['mean_auc']),
        aucByLabel: row['auc_by_label'] === null ? null : (fromJson(row['auc_by_label'] as string) as number[]),
      })),
  }
}
