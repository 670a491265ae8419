import { liesAbove } from '../../../src-main/domain/nullDistribution.ts'
import type { CochleagramPicture } from '../../../src-main/domain/stimulus.ts'
import { correlation, counted, quantity, whole } from '../../design/format.ts'
import type { FidelitySeries } from './fidelity.ts'
import type { Point } from './thin.ts'

/** What each chart shows, in words and figures, for those who do not see it. */

export function describeFidelity({ stages, rho, nullMaximum, generation }: FidelitySeries): string {
  const parts = [`Spearman ρ at ${counted(stages.length, 'layer')}`]
  if (generation >= 0) parts.push(`${correlation(rho[generation], 3)} at the generation layer ${stages[generation]}`)
  const worst = indexOfLowest(rho)
  if (worst >= 0 && worst !== generation) parts.push(`lowest ${correlation(rho[worst], 3)} at ${stages[worst]}`)
  const undefinedAt = stages.filter((_stage, i) => rho[i] === null)
  if (undefinedAt.length > 0) parts.push(`undefined at ${undefinedAt.join(', ')}`)
  parts.push(nullWords(rho, nullMaximum))
  return `${parts.join('; ')}.`
}

function nullWords(rho: FidelitySeries['rho'], nullMaximum: FidelitySeries['nullMaximum']): string {
  const judged = nullMaximum.flatMap((maximum, i) => (maximum === null ? [] : [liesAbove(rho[i] ?? -Infinity, maximum)]))
  if (judged.length === 0) return 'no null distribution stored'
  return `above the null maximum at ${judged.filter(Boolean).length} of ${counted(judged.length, 'layer')} with a null`
}

function indexOfLowest(values: ReadonlyArray<number | null>): number {
  return values.reduce<number>((best, value, i) => (value !== null && (best < 0 || value < values[best]!) ? i : best), -1)
}

export function describeLoss(points: readonly Point[]): string {
  const [first, last] = [points[0], points[points.length - 1]]
  if (!first || !last) return 'Matching loss: no values yet.'
  return `Matching loss, logarithmic axis: ${quantity(first.y)} at update ${whole(first.x)}, ${quantity(last.y)} at update ${whole(last.x)}.`
}

export function describeNull({ pairs, maximum }: { pairs: number; maximum: number }, rho: number | null): string {
  const metamer = rho === null ? '' : `, metamer ${correlation(rho, 3)}`
  return `Null distribution of Spearman ρ: ${counted(pairs, 'random pair')}, maximum ${correlation(maximum, 3)}${metamer}.`
}

export function describeCochleagram({ rows, columns, frequenciesHz, envelopeRateHz }: CochleagramPicture): string {
  const range = `${whole(frequenciesHz[0] ?? NaN)} to ${whole(frequenciesHz[rows - 1] ?? NaN)} Hz`
  return `Cochleagram: compressed envelopes of ${counted(rows, 'subband')} from ${range}, low frequencies at the bottom, ${seconds(columns / envelopeRateHz)}.`
}

export function describeWaveform(name: string, samples: ArrayLike<number>, durationS: number): string {
  let peak = 0
  for (let i = 0; i < samples.length; i++) peak = Math.max(peak, Math.abs(samples[i]!))
  return `Waveform of the ${name}: ${seconds(durationS)}, peak ${quantity(peak)} of full scale.`
}

function seconds(durationS: number): string {
  return `${Number(durationS.toFixed(2))} s`
}
