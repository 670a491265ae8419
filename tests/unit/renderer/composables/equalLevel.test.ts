import { describe, expect, it } from 'vitest'
import { equalLevelGains, rms } from '../../../../src-renderer/composables/equalLevel.ts'

describe('equalLevelGains', () => {
  it('brings the louder sound down to the softer one', () => {
    // RMS 0.4 and 0.1: the first is played at a quarter.
    const [loud, soft] = equalLevelGains(Float32Array.of(0.4, -0.4), Float32Array.of(0.1, -0.1))
    expect(loud).toBeCloseTo(0.25, 5)
    expect(soft).toBe(1)
  })

  it('leaves a silent sound as it is', () => {
    expect(equalLevelGains(new Float32Array(4), Float32Array.of(1, -1))).toEqual([1, 1])
  })
})

describe('equalLevelGains of one sound', () => {
  it('leaves it as it is', () => {
    expect(equalLevelGains(Float32Array.of(0.3, -0.3))).toEqual([1])
    expect(equalLevelGains(new Float32Array(4))).toEqual([1])
  })
})

describe('rms', () => {
  it('is taken about the mean', () => {
    expect(rms(Float32Array.of(1.5, 0.5))).toBeCloseTo(0.5, 6)
    expect(rms(new Float32Array(0))).toBe(0)
  })
})
