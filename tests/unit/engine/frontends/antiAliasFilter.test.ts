import { describe, expect, it } from 'vitest'
import { antiAliasFilter, besselI0, kaiser, sinc } from '../../../../src-main/engine/frontends/antiAliasFilter.ts'

describe('antiAliasFilter', () => {
  it('has a sum near one', () => {
    expect(antiAliasFilter(1001, 100).reduce((a, b) => a + b)).toBeCloseTo(1.000945, 6)
  })

  it('has its sinc half a sample off the centre of its window', () => {
    const taps = antiAliasFilter(1001, 100)
    // Divided by the symmetric window, taps 500 and 501 lie equally far from the sinc's centre at 500.5.
    const window = kaiser(1001, 5)
    expect(taps[500]! / window[500]!).toBeCloseTo(taps[501]! / window[501]!, 12)
  })
})

describe('its parts', () => {
  it('have known values', () => {
    expect(besselI0(0)).toBe(1)
    expect(besselI0(1)).toBeCloseTo(1.2660658777520084, 14)
    expect(besselI0(5)).toBeCloseTo(27.239871823604442, 12)
    expect([sinc(0), sinc(0.5), Math.abs(sinc(3)) < 1e-15]).toEqual([1, 2 / Math.PI, true])
    expect(Array.from(kaiser(3, 5))).toEqual([1 / besselI0(5), 1, 1 / besselI0(5)])
  })
})
