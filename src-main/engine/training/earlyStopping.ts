import type { ValidationScores } from '../../domain/training.ts'

/** A network is done when it reaches every level that is given. */
export interface StopTarget {
  wordAccuracy?: number
  meanAuc?: number
}

/** Whether all levels that concern this network are reached. A target of which none concerns it is never reached. */
export function reaches(scores: Pick<ValidationScores, 'wordAccuracy' | 'meanAuc'>, target: StopTarget): boolean {
  const levels = (['wordAccuracy', 'meanAuc'] as const)
    .map((name) => ({ wanted: target[name], got: scores[name] }))
    .filter(({ wanted, got }) => wanted !== undefined && got !== null)
  return levels.length > 0 && levels.every(({ wanted, got }) => got! >= wanted!)
}

/** Which of two validations is better: by the mean of the scores there are, then by loss. An area that is not defined is no score. */
export function isBetter(now: ValidationScores, before: ValidationScores | null): boolean {
  if (!before) return true
  const [a, b] = [skill(now), skill(before)]
  return a === b ? now.loss < before.loss : a > b
}

function skill({ wordAccuracy, meanAuc }: ValidationScores): number {
  const known = [wordAccuracy, meanAuc].filter((score) => score !== null && !Number.isNaN(score)) as number[]
  return known.reduce((sum, score) => sum + score, 0) / Math.max(1, known.length)
}
