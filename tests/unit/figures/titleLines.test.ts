import { expect, it } from 'vitest'
import { textWidth } from '../../../src-main/figures/draw/textWidth.ts'
import { titleLines } from '../../../src-main/figures/draw/titleLines.ts'

const title = 'word-cnn-aliased, conv_0: loss of run 12'

it('leaves a title that fits as it is', () => {
  expect(titleLines(title, textWidth(title, 10, true), 10)).toEqual([title])
})

it('breaks a longer one between words and after dashes, and cuts what has neither', () => {
  const lines = titleLines(title, 120, 10)
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.join(' ')).toBe(title)
  for (const line of lines) expect(textWidth(line, 10, true)).toBeLessThanOrEqual(120)
  expect(titleLines('word-cnn-reduced', 65, 10)).toEqual(['word-cnn-', 'reduced'])
  expect(titleLines('aaaaaaaa: x', 36, 10)).toEqual(['aaaaa', 'aaa: x'])
  expect(titleLines('mm', 1, 10)).toEqual(['m', 'm'])
})
