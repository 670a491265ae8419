import * as vega from 'vega'
import { textWidth } from './textWidth.ts'

interface TextItem {
  fontSize?: number
  fontWeight?: string | number
  /** Widths above it are cut. */
  limit?: number
}

interface TextMetrics {
  width(item: TextItem, text: unknown): number
}

/**
 * Let vega measure texts as they will be drawn. Where there is no canvas it takes every letter for 0.8 of the font's size: titles then
 * take room from small drawings, or fall off them.
 */
export function measureTexts(): void {
  const { textMetrics } = vega as unknown as { textMetrics: TextMetrics }
  textMetrics.width = ({ fontSize = 11, fontWeight, limit }, text) => {
    const width = textWidth(String(text ?? '').trim(), fontSize, fontWeight === 'bold')
    return limit !== undefined && limit > 0 ? Math.min(width, limit) : width
  }
}
