import { describe, expect, it } from 'vitest'
import * as format from '../../../../src-renderer/design/format.ts'

describe('format', () => {
  it('writes correlations with four digits and a true minus sign', () => {
    expect(format.correlation(0.98234)).toBe('0.9823')
    expect(format.correlation(-0.5)).toBe('−0.5000')
    expect(format.correlation(-0.00001)).toBe('0.0000')
  })

  it('tells an undefined correlation from one that is not there', () => {
    expect(format.correlation(NaN)).toBe('undefined')
    expect(format.correlation(null)).toBe('–')
  })

  it.each([
    [13.523, '13.52'],
    [48210.4, '48210'],
    [3.7735e10, '3.77 × 10¹⁰'],
    [0.00001234, '1.23 × 10⁻⁵'],
    [0, '0'],
  ])('writes the quantity %d as %s', (value, text) => expect(format.quantity(value)).toBe(text))

  it.each([
    [1e-3, '10⁻³'],
    [10, '10¹'],
    [2000, '2·10³'],
  ])('writes the tick %d as %s', (value, text) => expect(format.powerOfTen(value)).toBe(text))

  it.each([
    [3.21, '3.2 s'],
    [59.7, '1 min 00 s'],
    [185, '3 min 05 s'],
    [7800, '2 h 10 min'],
    [NaN, '–'],
  ])('writes %d seconds as %s', (seconds, text) => expect(format.duration(seconds)).toBe(text))

  it('never shows a small probability as nought', () => {
    expect(format.percent(0.0004)).toBe('< 0.1 %')
    expect(format.percent(0.6132)).toBe('61.3 %')
    expect(format.percent(0)).toBe('0.0 %')
  })

  it('says a verdict without repeating its outcome', () => {
    expect(format.withoutOutcome({ outcome: 'undecided', reason: 'undecided: there is no null' })).toBe('There is no null')
    expect(format.withoutOutcome({ outcome: 'included', reason: 'Both labels agree.' })).toBe('Both labels agree.')
  })

  it('counts in words', () => {
    expect(format.counted(1, 'run')).toBe('1 run')
    expect(format.counted(2000, 'pair')).toBe('2,000 pairs')
  })
})
