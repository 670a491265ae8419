import { describe, expect, it } from 'vitest'
import { frequencyTicks, timeTicks } from '../../../src-main/domain/signalAxes.ts'

describe('frequencyTicks', () => {
  it('places a frequency between the two rows around it', () => {
    // Rows are centred at (i + 0.5) / 3; 500 Hz lies in the middle of rows 0 and 1: (0.5 + 0.5) / 3.
    const ticks = frequencyTicks([250, 750, 3000])
    expect(ticks.map((t) => t.label)).toEqual(['500', '1k', '2k'])
    expect(ticks[0]!.at).toBeCloseTo(1 / 3, 10)
  })

  it('labels 50 Hz to 5 kHz on a logarithmic axis', () => {
    const centres = Float32Array.from({ length: 211 }, (_, i) => 20 * 500 ** (i / 210))
    expect(frequencyTicks(centres).map((t) => t.label)).toEqual(['50', '200', '500', '1k', '2k', '5k'])
  })

  it('leaves out frequencies beyond the outermost rows, and labels that would overprint', () => {
    expect(frequencyTicks([300, 400])).toEqual([])
    const crowded = frequencyTicks([50, 5000, 10_000])
    for (let i = 1; i < crowded.length; i++) expect(crowded[i]!.at - crowded[i - 1]!.at).toBeGreaterThan(0.05)
  })
})

describe('timeTicks', () => {
  it('covers two seconds in half seconds', () => {
    expect(timeTicks(2).map((t) => t.label)).toEqual(['0', '0.5', '1', '1.5', '2'])
    expect(timeTicks(2).at(-1)!.at).toBe(1)
  })

  it('has no ticks for no duration', () => {
    expect(timeTicks(0)).toEqual([])
    expect(timeTicks(NaN)).toEqual([])
  })
})
