import type { TrainingAnswer } from './trainingRecords.ts'

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
