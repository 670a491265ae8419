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
  /** Rows of text from the top, so that neighbours do not overprint. */
  row: number
}

/** Vertical lines with their names, over a chart. */
export function verticalMarks(marks: readonly VerticalMark[]): Plugin {
  return {
    id: 'verticalMarks',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart
      const x = scales['x']
      if (!x) return
      ctx.save()
      ctx.font = `600 ${chartFont.size}px ${chartFont.family}`
      for (const mark of marks) {
        const at = Math.round(x.getPixelForValue(mark.x)) + 0.5
        ctx.strokeStyle = mark.colour
        ctx.fillStyle = mark.colour
        ctx.lineWidth = 1.5
        ctx.setLineDash(mark.dash)
        ctx.beginPath()
        ctx.moveTo(at, chartArea.top + 14 * mark.row + 2)
        ctx.lineTo(at, chartArea.bottom)
        ctx.stroke()
        const left = at + ctx.measureText(mark.label).width + 6 > chartArea.right
        ctx.textAlign = left ? 'right' : 'left'
        ctx.fillText(mark.label, left ? at - 5 : at + 5, chartArea.top + 14 * mark.row + 11)
      }
      ctx.restore()
    },
  }
}
