import { describe, expect, it } from 'vitest'
import { logTicks } from '../../../../../src-renderer/charts/prepare/logTicks.ts'
import { lossPoints } from '../../../../../src-renderer/charts/prepare/lossPoints.ts'
import { thinCurve } from '../../../../../src-renderer/charts/prepare/thin.ts'

describe('thinCurve', () => {
  const x = Array.from({ length: 10_000 }, (_, i) => i)

  it('keeps both ends and a single spike', () => {
    const y = x.map((i) => (i === 4321 ? 1000 : 1 + i / 10_000))
    const points = thinCurve(x, y, 100, false)
    expect(points.length).toBeLessThanOrEqual(400)
    expect(points[0]!.x).toBe(0)
    expect(points.at(-1)!.x).toBe(9999)
    expect(points).toContainEqual({ x: 4321, y: 1000 })
  })

  it('keeps the order of x', () => {
    const points = thinCurve(x, x.map((i) => Math.sin(i)), 50, false)
    expect(points.map((p) => p.x)).toEqual([...points.map((p) => p.x)].sort((a, b) => a - b))
  })

  it('leaves out what a log axis cannot show', () => {
    expect(thinCurve([0, 1, 2, 3], [1, 0, NaN, 2], 10, true)).toEqual([{ x: 0, y: 1 }, { x: 3, y: 2 }])
  })
})

describe('lossPoints', () => {
  it('adds to the stored curve only what was reported after it', () => {
    const stored = { update: Float64Array.of(0, 1, 2), loss: Float64Array.of(9, 8, 7) }
    const points = lossPoints(stored, { update: [1, 2, 5], loss: [80, 70, 4] }, 100)
    expect(points).toEqual([{ x: 0, y: 9 }, { x: 1, y: 8 }, { x: 2, y: 7 }, { x: 5, y: 4 }])
  })

  it('shows reports alone while nothing is stored', () => {
    expect(lossPoints(null, { update: [3], loss: [2] }, 10)).toEqual([{ x: 3, y: 2 }])
    expect(lossPoints(null, null, 10)).toEqual([])
  })
})

describe('logTicks', () => {
  it('gives whole powers of ten, exactly', () => {
    expect(logTicks(0.005, 2000, 10)).toEqual([0.01, 0.1, 1, 10, 100, 1000])
  })

  it('thins to at most the wanted count', () => {
    expect(logTicks(1e-6, 1e6, 5).length).toBeLessThanOrEqual(5)
  })

  it('falls back to 2 and 5, then to every multiple, inside one decade', () => {
    expect(logTicks(1.5, 6, 5)).toEqual([2, 5])
    expect(logTicks(2.1, 4.5, 5)).toEqual([3, 4])
  })

  it('has no ticks for a range that is not positive', () => {
    expect(logTicks(0, 10, 5)).toEqual([])
    expect(logTicks(NaN, 10, 5)).toEqual([])
  })
})
