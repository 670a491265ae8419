import type { LayerMatrix, MatrixMeasure } from '../../domain/figure.ts'
import { signedText } from '../signedText.ts'
import type { Spec } from './drawSvg.ts'
import { textPx } from './style.ts'
import { textWidth } from './textWidth.ts'

export const measureNames: Record<MatrixMeasure, string> = {
  rho: 'Spearman ρ',
  pearson: 'Pearson r',
  dbAuthors: '10 log₁₀(|a| / |a − b|), dB',
  dbPower: '20 log₁₀(|a| / |a − b|), dB',
}

/** A heat map with the mean in every cell, and its error below where there are several metamers. */
export function matrixSpec({ measure, generated, measured, cells }: LayerMatrix): Spec {
  const correlations = measure === 'rho' || measure === 'pearson'
  const finite = cells.map(({ mean }) => mean).filter(Number.isFinite)
  const domain = correlations ? [Math.min(0, ...finite), 1] : [Math.min(0, ...finite), Math.max(1, ...finite)]
  const middle = domain[0]! + 0.55 * (domain[1]! - domain[0]!)
  const values = cells.map((cell) => ({ ...cell, mean: drawable(cell.mean, domain[1]!), ...wordsOf(cell, correlations ? 2 : 1) }))
  const x = { field: 'measured', type: 'ordinal', sort: measured, title: 'measured at', axis: { labelAngle: -45, domain: false, ticks: false } }
  const y = { field: 'generated', type: 'ordinal', sort: generated, title: 'generated at', axis: { domain: false, ticks: false } }
  const ink = { condition: { test: `datum.mean !== null && datum.mean > ${middle}`, value: 'black' }, value: 'white' }
  const text = (field: 'words' | 'error', dy: number, fontSize: number): Spec => ({
    mark: { type: 'text', dy, fontSize, opacity: whereItFits(values.map((cell) => cell[field]), fontSize) },
    encoding: { text: { field, type: 'nominal' }, color: ink },
  })
  return {
    data: { values },
    encoding: { x, y },
    layer: [
      {
        mark: { type: 'rect', stroke: 'white', strokeWidth: 1 },
        encoding: {
          color: { field: 'mean', type: 'quantitative', scale: { scheme: 'viridis', domain }, legend: { title: measureNames[measure], orient: 'right', gradientLength: { expr: 'height' }, titleOrient: 'right' } },
        },
      },
      text('words', cells.some(({ sem }) => !Number.isNaN(sem)) ? -4 : 0, textPx.label),
      text('error', 7, textPx.small),
    ],
  }
}

/** Numbers of cells that are too small for them would overprint; they are in the table of numbers. */
function whereItFits(texts: readonly string[], fontSize: number): { expr: string } {
  const widest = Math.max(...texts.map((text) => textWidth(text, fontSize, false)))
  return { expr: `bandwidth('x') > ${widest} && bandwidth('y') > ${linesPx} ? 1 : 0` }
}

/** Of a mean and its error. */
const linesPx = 20

/** Equal signals have an infinite ratio; it gets the last colour. */
function drawable(mean: number, highest: number): number | null {
  return Number.isNaN(mean) ? null : Math.min(mean, highest)
}

function wordsOf({ mean, sem }: { mean: number; sem: number }, digits: number): { words: string; error: string } {
  const words = Number.isNaN(mean) ? '–' : Number.isFinite(mean) ? signedText(mean, digits) : '∞'
  return { words, error: Number.isNaN(sem) ? '' : `± ${sem.toFixed(digits)}` }
}
