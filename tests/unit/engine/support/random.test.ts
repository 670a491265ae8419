import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/engine/support/random.ts'

const take = (n: number, next: () => number): number[] => Array.from({ length: n }, next)
const mean = (v: number[]): number => v.reduce((a, b) => a + b, 0) / v.length

describe('createRandom', () => {
  it('repeats itself for one seed and use, and differs for another of either', () => {
    const stream = (seed: number, use: string): number[] => take(8, createRandom(seed, use).uniform)
    expect(stream(1, 'noise')).toEqual(stream(1, 'noise'))
    expect(stream(1, 'noise')).not.toEqual(stream(2, 'noise'))
    expect(stream(1, 'noise')).not.toEqual(stream(1, 'weights'))
  })

  it('gives uniform numbers in [0, 1) with mean 1/2 and variance 1/12', () => {
    const values = take(100_000, createRandom(7).uniform)
    expect(values.every((v) => v >= 0 && v < 1)).toBe(true)
    expect(mean(values)).toBeCloseTo(0.5, 2)
    expect(mean(values.map((v) => (v - 0.5) ** 2))).toBeCloseTo(1 / 12, 2)
  })

  it('gives normal numbers with mean 0, variance 1 and the fourth moment 3', () => {
    const values = take(200_000, createRandom(8).normal)
    expect(Math.abs(mean(values))).toBeLessThan(0.01)
    expect(mean(values.map((v) => v ** 2))).toBeCloseTo(1, 1)
    expect(Math.abs(mean(values.map((v) => v ** 4)) - 3)).toBeLessThan(0.1)
  })

  it('draws every whole number below n about equally often', () => {
    const random = createRandom(9)
    const counts = [0, 0, 0, 0, 0]
    for (let i = 0; i < 50_000; i++) counts[random.integer(5)]!++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})
