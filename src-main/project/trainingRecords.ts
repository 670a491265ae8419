import { fromJson, toJson } from '../domain/jsonWithNaN.ts'
import type { Examination, LossHistory, TrainingDetail } from '../domain/trainingRecords.ts'
import { thinned } from './lossCurve.ts'
import type { Store } from './store.ts'
import { toBytes, toFloat32, toFloat64 } from './values.ts'

const mostLosses = 2000

/** Loss histories and examinations of trainings; writing calls belong into a transaction. */
export interface TrainingRecords {
  /** Keep the loss before each update so far, thinned, in place of what was kept. */
  keepLosses(id: number, losses: Float32Array): void
  keepExamination(id: number, examination: Examination): void
  detail(id: number): TrainingDetail
}

interface ExaminationRow {
  split: Examination['split']
  words: string
  sounds: string
  answers: string
  kernel_shape: string
  kernels: Uint8Array
}

export function createTrainingRecords({ sql }: Store): TrainingRecords {
  const putLosses = sql.prepare('INSERT OR REPLACE INTO training_losses VALUES (?, ?, ?)')
  const losses = sql.prepare<[number], { steps: Uint8Array; losses: Uint8Array }>('SELECT steps, losses FROM training_losses WHERE training_id = ?')
  const putExamination = sql.prepare('INSERT OR REPLACE INTO training_examinations VALUES (?, ?, ?, ?, ?, ?, ?)')
  const examination = sql.prepare<[number], ExaminationRow>('SELECT * FROM training_examinations WHERE training_id = ?')

  function lossCurve(id: number): LossHistory | null {
    const row = losses.get(id)
    return row ? { update: toFloat64(row.steps), loss: toFloat64(row.losses) } : null
  }

  function examinationOf(id: number): Examination | null {
    const row = examination.get(id)
    if (!row) return null
    return {
      split: row.split,
      words: fromJson(row.words) as string[],
      sounds: fromJson(row.sounds) as string[],
      answers: fromJson(row.answers) as Examination['answers'],
      kernels: { shape: fromJson(row.kernel_shape) as number[], data: toFloat32(row.kernels) },
    }
  }

  return {
    keepLosses(id, values) {
      const { update, loss } = thinned(values, mostLosses)
      putLosses.run(id, toBytes(update), toBytes(loss))
    },
    keepExamination(id, { split, words, sounds, answers, kernels }) {
      putExamination.run(id, split, toJson(words), toJson(sounds), toJson(answers), toJson(kernels.shape), toBytes(kernels.data))
    },
    detail: (id) => ({ lossCurve: lossCurve(id), examination: examinationOf(id) }),
  }
}
