import { describe, expect, it } from 'vitest'
import { densityBins, errorMap } from '../../../../src-main/engine/validation/compareActivations.ts'

const reference = Float32Array.of(0, 1, 2, 4)
const most = { rows: 10, columns: 10 }

describe('densityBins', () => {
  it('counts each pair once, the metamer by rows and the reference by columns', () => {
    const { from, to, counts } = densityBins(reference, Float32Array.of(4, 1, 2, 4), 4)
    expect([from, to]).toEqual([0, 4])
    // (reference, metamer): (0, 4) is column 0 of row 3; (1, 1), (2, 2); (4, 4) is in the last bin.
    expect([...counts]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1])
  })

  it('leaves out what is not finite, and takes constant activations', () => {
    expect(densityBins(Float32Array.of(NaN, 1, 1), Float32Array.of(1, 1, Infinity), 2).counts.reduce((a, b) => a + b)).toBe(1)
    expect(densityBins(new Float32Array(3), new Float32Array(3), 2).counts[0]).toBe(3)
  })

  it('refuses vectors of other lengths', () => {
    expect(() => densityBins(reference, new Float32Array(3), 2)).toThrow('Activations of lengths 4 and 3 cannot be compared.')
  })
})

describe('errorMap', () => {
  // [1, 2, 2]: two cells of two channels.
  const metamer = Float32Array.of(3, 1, 2, 0)

  it('gives the signed error of one channel, or the root of the mean square of all', () => {
    expect([...errorMap(reference, metamer, [1, 2, 2], 0, most).values]).toEqual([3, 0])
    expect([...errorMap(reference, metamer, [1, 2, 2], 1, most).values]).toEqual([0, -4])
    expect([...errorMap(reference, metamer, [1, 2, 2], null, most).values]).toEqual([Math.fround(Math.sqrt(9 / 2)), Math.fround(Math.sqrt(16 / 2))])
  })

  it('averages over blocks where the map is too large, the last block being smaller', () => {
    const map = errorMap(new Float32Array(5), Float32Array.of(1, 3, 5, 7, 8), [5, 1, 1], 0, { rows: 3, columns: 3 })
    expect([map.rows, map.columns, map.block]).toEqual([3, 1, { rows: 2, columns: 1 }])
    expect([...map.values]).toEqual([2, 6, 8])
  })

  it('refuses layers without a map and channels that are not there', () => {
    expect(() => errorMap(reference, metamer, [4], null, most)).toThrow('Activations of shape [4] have no map')
    expect(() => errorMap(reference, metamer, [1, 2, 2], 2, most)).toThrow('There is no channel 2: the layer has 2, from 0 to 1.')
  })
})
