import type { TrainingAnswer } from '../../../src-main/domain/trainingRecords.ts'
import { counted, percent } from '../../design/format.ts'

/** How often a word was taken for another, or for itself. */
export interface ConfusionCell {
  right: number
  said: number
  count: number
  /** Of the clips of the right word. */
  share: number
}

/** The cells that are not empty, right words in order, and in each the words said. */
export function confusionCells(answers: readonly TrainingAnswer[]): ConfusionCell[] {
  const counts = new Map<string, ConfusionCell>()
  const clips = new Map<number, number>()
  for (const { right, said } of answers) {
    const key = `${right} ${said}`
    const cell = counts.get(key) ?? { right, said, count: 0, share: 0 }
    counts.set(key, { ...cell, count: cell.count + 1 })
    clips.set(right, (clips.get(right) ?? 0) + 1)
  }
  return [...counts.values()].map((cell) => ({ ...cell, share: cell.count / clips.get(cell.right)! })).sort((a, b) => a.right - b.right || a.said - b.said)
}

/** The matrix in words: how many are right, and the commonest mistake. @param noun  what was named, one of them */
export function describeConfusions(cells: readonly ConfusionCell[], words: readonly string[], noun: string): string {
  const all = cells.reduce((sum, { count }) => sum + count, 0)
  const right = cells.reduce((sum, cell) => sum + (cell.right === cell.said ? cell.count : 0), 0)
  const mistakes = cells.filter((cell) => cell.right !== cell.said)
  const commonest = mistakes.reduce<ConfusionCell | null>((most, cell) => (cell.count > (most?.count ?? 0) ? cell : most), null)
  const worst = commonest ? `; most often "${words[commonest.right]}" was taken for "${words[commonest.said]}", ${counted(commonest.count, 'time')}` : ''
  return `${right} of ${counted(all, noun)} right (${percent(right / all)})${worst}.`
}
