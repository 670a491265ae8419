import type { ConfusionCell } from '../../../src-main/domain/confusions.ts'
import { counted, percent } from '../../design/format.ts'

/** The matrix in words: how many are right, and the commonest mistake. @param noun  what was named, one of them */
export function describeConfusions(cells: readonly ConfusionCell[], words: readonly string[], noun: string): string {
  const all = cells.reduce((sum, { count }) => sum + count, 0)
  const right = cells.reduce((sum, cell) => sum + (cell.right === cell.said ? cell.count : 0), 0)
  const mistakes = cells.filter((cell) => cell.right !== cell.said)
  const commonest = mistakes.reduce<ConfusionCell | null>((most, cell) => (cell.count > (most?.count ?? 0) ? cell : most), null)
  const worst = commonest ? `; most often "${words[commonest.right]}" was taken for "${words[commonest.said]}", ${counted(commonest.count, 'time')}` : ''
  return `${right} of ${counted(all, noun)} right (${percent(right / all)})${worst}.`
}
