import { expect, it } from 'vitest'
import { placeAtRandom } from '../../../../src-main/engine/frontends/randomPlace.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'

const counting = (samples: number, sampleRateHz = 1000) => ({ kind: 'audio' as const, sampleRateHz, data: Float32Array.from({ length: samples }, (_, i) => i + 1) })
const many = (samples: number, durationS: number): Float32Array[] => {
  const random = createRandom(1)
  return Array.from({ length: 400 }, () => placeAtRandom(counting(samples), durationS, random).data)
}

it('takes a stretch of a longer sound, every start as likely as any other', () => {
  const starts = many(13, 0.01).map((data) => {
    expect([...data]).toEqual(Array.from({ length: 10 }, (_, i) => data[0]! + i))
    return data[0]!
  })
  // Four starts, 100 expected at each: five standard deviations are 43.
  for (const start of [1, 2, 3, 4]) expect(Math.abs(starts.filter((one) => one === start).length - 100)).toBeLessThan(43)
})

it('puts a shorter sound, whole, between silence of random shares', () => {
  const starts = many(7, 0.01).map((data) => {
    expect(data).toHaveLength(10)
    const start = data.indexOf(1)
    expect([...data]).toEqual(Array.from({ length: 10 }, (_, i) => (i >= start && i < start + 7 ? i - start + 1 : 0)))
    return start
  })
  expect(new Set(starts)).toEqual(new Set([0, 1, 2, 3]))
})

it('leaves a sound of the right length as it is, and counts the length at the sound\'s own rate', () => {
  const random = createRandom(2)
  expect(placeAtRandom(counting(10), 0.01, random)).toEqual(counting(10))
  const other = placeAtRandom(counting(10, 44_100), 0.001, random)
  expect([other.sampleRateHz, other.data.length]).toEqual([44_100, 44])
})

it('gives the same place to the same seed, and does not touch what it was given', () => {
  const given = counting(500)
  expect(placeAtRandom(given, 0.1, createRandom(3))).toEqual(placeAtRandom(given, 0.1, createRandom(3)))
  placeAtRandom(given, 0.1, createRandom(3)).data.fill(0)
  expect(given).toEqual(counting(500))
})
