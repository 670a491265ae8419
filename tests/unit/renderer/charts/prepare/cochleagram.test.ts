import { describe, expect, it } from 'vitest'
import { cochleagramPixels, rgbaFromRgb } from '../../../../../src-renderer/charts/prepare/cochleagramPixels.ts'
import { colourTable } from '../../../../../src-renderer/charts/prepare/colourMap.ts'

const lightness = (table: Uint8ClampedArray, i: number): number => 0.2126 * table[3 * i]! + 0.7152 * table[3 * i + 1]! + 0.0722 * table[3 * i + 2]!

describe('colourTable', () => {
  it.each(['viridis', 'magma'] as const)('%s has 256 colours that only grow lighter', (name) => {
    const table = colourTable(name)
    expect(table).toHaveLength(768)
    for (let i = 8; i < 256; i += 8) expect(lightness(table, i)).toBeGreaterThan(lightness(table, i - 8))
  })

  it('begins magma at black', () => {
    expect([...colourTable('magma').slice(0, 3)]).toEqual([0, 0, 4])
  })
})

describe('cochleagramPixels', () => {
  const grey = Uint8ClampedArray.from({ length: 768 }, (_, i) => Math.floor(i / 3))
  const picture = { rows: 2, columns: 1, data: Uint8Array.of(255, 51), maximum: 1, frequenciesHz: Float32Array.of(50, 5000), envelopeRateHz: 200 }

  it('puts the first row, the lowest frequency, at the bottom', () => {
    expect([...cochleagramPixels(picture, 1, grey)]).toEqual([51, 51, 51, 255, 255, 255, 255, 255])
  })

  it('scales to a common maximum, so that two pictures can be compared', () => {
    expect(cochleagramPixels(picture, 5, grey)[4]).toBe(51)
  })

  it('is black where there is no maximum', () => {
    expect(cochleagramPixels({ ...picture, maximum: 0 }, 0, grey)[0]).toBe(0)
  })
})

describe('rgbaFromRgb', () => {
  it('adds full opacity to each pixel', () => {
    expect([...rgbaFromRgb(Uint8Array.of(1, 2, 3, 4, 5, 6))]).toEqual([1, 2, 3, 255, 4, 5, 6, 255])
  })
})
