import {
  BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, Tooltip,
  type Plugin,
} from 'chart.js'
import type { Tokens } from './useTokens.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, Tooltip)

export const chartFont = { family: "'SF Pro Text', 'Segoe UI', Roboto, Cantarell, 'Noto Sans', 'Liberation Sans', Arial, sans-serif", size: 11 }

/** What all charts of the window share: still, sharp, hairline axes. */
export function baseOptions(tokens: Tokens) {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    font: chartFont,
    layout: { padding: { top: 4, right: 8, bottom: 0, left: 0 } },
    plugins: {
      tooltip: {
        animation: false,
        displayColors: false,
        backgroundColor: tokens.ink,
        titleColor: tokens.surface,
        bodyColor: tokens.surface,
        titleFont: chartFont,
        bodyFont: chartFont,
        padding: 6,
        cornerRadius: 3,
      },
    },
  } as const
}

export function axis(tokens: Tokens, title: string) {
  return {
    border: { color: tokens['line-strong'] },
    grid: { color: tokens.line, tickColor: tokens['line-strong'], tickLength: 4, lineWidth: 1 },
    ticks: { color: tokens['ink-2'], font: chartFont, padding: 2 },
    title: { display: true, text: title, color: tokens['ink-2'], font: chartFont, padding: 2 },
  } as const
}

export interface VerticalMark {
  x: number
  label: string
  colour: string
  dash: number[]
}

const ROW_HEIGHT = 14

/** Room that the names of these marks take above the plot: a row for each, so that neighbours do not overprint. */
export function marksHeight(marks: readonly VerticalMark[]): number {
  return ROW_HEIGHT * marks.length
}

/** Vertical lines over a chart; their names stand above the plot, the first nearest to it, where no bar can reach them. */
export function verticalMarks(marks: readonly VerticalMark[], background: string): Plugin {
  return {
    id: 'verticalMarks',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart
      const x = scales['x']
      if (!x) return
      const placed = marks.map((mark, row) => ({ ...mark, at: Math.round(x.getPixelForValue(mark.x)) + 0.5, top: chartArea.top - ROW_HEIGHT * (row + 1) }))
      ctx.save()
      for (const mark of placed) drawLine(ctx, mark, chartArea.bottom)
      // Names last: the line of a farther row passes the nearer ones.
      for (const mark of placed) drawName(ctx, mark, chartArea, background)
      ctx.restore()
    },
  }
}

type PlacedMark = VerticalMark & { at: number; top: number }

function drawLine(ctx: CanvasRenderingContext2D, { at, top, colour, dash }: PlacedMark, bottom: number): void {
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.setLineDash(dash)
  ctx.beginPath()
  ctx.moveTo(at, top + 2)
  ctx.lineTo(at, bottom)
  ctx.stroke()
}

function drawName(ctx: CanvasRenderingContext2D, { at, top, label, colour }: PlacedMark, area: { left: number; right: number }, background: string): void {
  ctx.font = `600 ${chartFont.size}px ${chartFont.family}`
  const { width } = ctx.measureText(label)
  const left = at + 5 + width > area.right ? Math.max(area.left, at - 5 - width) : at + 5
  ctx.fillStyle = background
  ctx.fillRect(left - 2, top, width + 4, ROW_HEIGHT - 1)
  ctx.fillStyle = colour
  ctx.textAlign = 'left'
  ctx.fillText(label, left, top + 11)
}
