import type { ActivationMap, DensityBins } from '../../domain/activations.ts'
import type { Spec } from './drawSvg.ts'
import { colours } from './style.ts'

export interface DensityCell {
  reference: number
  metamer: number
  count: number
}

/** Bins that hold something, by the middle of each. */
export function densityCells({ bins, from, to, counts }: DensityBins): DensityCell[] {
  const width = (to - from) / bins
  return Array.from(counts, (count, i) => ({ reference: from + ((i % bins) + 0.5) * width, metamer: from + (Math.floor(i / bins) + 0.5) * width, count })).filter(({ count }) => count > 0)
}

/**
 * With a line of their own colour: viewers leave light seams between neighbours otherwise. The line takes its colour from a field of its own, `edge`: of one field,
 * the legends of line and filling would become one of dots.
 */
const seamless = { type: 'rect', strokeWidth: 0.5 } as const
const countColour = { type: 'quantitative', scale: { type: 'log', scheme: 'viridis' } } as const

export function scatterSpec(density: DensityBins): Spec {
  const { from, to, bins } = density
  const half = (to - from) / bins / 2
  const values = densityCells(density).map((cell) => ({ ...cell, left: cell.reference - half, right: cell.reference + half, low: cell.metamer - half, high: cell.metamer + half, edge: cell.count }))
  const scale = { domain: [from, to], nice: false, zero: false }
  return {
    layer: [
      {
        data: { values },
        mark: seamless,
        encoding: {
          x: { field: 'left', type: 'quantitative', title: 'activation, reference', scale },
          x2: { field: 'right' },
          y: { field: 'low', type: 'quantitative', title: 'activation, metamer', scale },
          y2: { field: 'high' },
          stroke: { field: 'edge', ...countColour, legend: null },
          fill: { field: 'count', ...countColour, legend: { title: 'units', gradientLength: { expr: 'height' }, format: '~s' } },
        },
      },
      {
        data: { values: [{ x: from }, { x: to }] },
        mark: { type: 'line', strokeWidth: 0.8, strokeDash: [4, 3], color: colours.quiet },
        encoding: { x: { field: 'x', type: 'quantitative', scale }, y: { field: 'x', type: 'quantitative', scale } },
      },
    ],
  }
}

export interface MapCell {
  row: number
  column: number
  error: number
}

export function mapCells({ columns, block, values }: ActivationMap): MapCell[] {
  return Array.from(values, (error, i) => ({ row: Math.floor(i / columns) * block.rows, column: (i % columns) * block.columns, error }))
}

/** @param upwards  rows of a sound rise with frequency; those of a picture go down */
export function mapSpec(map: ActivationMap, upwards: boolean): Spec {
  const largest = map.values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1
  const signed = map.channel !== null
  const values = mapCells(map).map((cell) => ({ ...cell, right: cell.column + map.block.columns, bottom: cell.row + map.block.rows, edge: cell.error }))
  const color = signed ? { scheme: 'blueorange', domain: [-largest, largest] } : { scheme: 'viridis', domain: [0, largest] }
  const scale = { nice: false, zero: false }
  return {
    data: { values },
    mark: seamless,
    encoding: {
      x: { field: 'column', type: 'quantitative', title: 'column', scale },
      x2: { field: 'right' },
      y: { field: 'row', type: 'quantitative', title: 'row', scale: { ...scale, reverse: !upwards } },
      y2: { field: 'bottom' },
      stroke: { field: 'edge', type: 'quantitative', scale: color, legend: null },
      fill: { field: 'error', type: 'quantitative', scale: color, legend: { title: signed ? 'metamer − reference' : 'root mean square error', gradientLength: { expr: 'height' }, titleOrient: 'right' } },
    },
  }
}
