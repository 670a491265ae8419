import { expect, it } from 'vitest'
import type { ImageSignal } from '../../../../src-main/domain/stimulus.ts'
import { cropAtRandom } from '../../../../src-main/engine/frontends/randomCrop.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'

/** Red tells the column, green the row, blue is nothing: a crop says where it is from. */
function ramps(width: number, height: number): ImageSignal {
  const data = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return [(pixel % width) / (width - 1), Math.floor(pixel / width) / (height - 1), 0][i % 3]!
  })
  return { kind: 'image', width, height, data }
}

const size = 16
const whole = ramps(100, 50)

/** Where a crop of the ramps begins and ends, in shares of the picture; its left end is right of its right one where it is mirrored. */
function partOf(crop: Float32Array): { left: number; right: number; top: number; bottom: number } {
  const at = (row: number, column: number, channel: number): number => crop[(row * size + column) * 3 + channel]!
  return { left: at(0, 0, 0), right: at(0, size - 1, 0), top: at(0, 0, 1), bottom: at(size - 1, 0, 1) }
}

function many(image: ImageSignal, count: number): Float32Array[] {
  const random = createRandom(4)
  return Array.from({ length: count }, () => cropAtRandom(image, size, size, random))
}

it('gives pictures of the input\'s size in steps of 8 bits, within the range', () => {
  for (const crop of many(whole, 20)) {
    expect(crop).toHaveLength(size * size * 3)
    expect(crop.every((x) => x >= 0 && x <= 1 && Math.abs(x * 255 - Math.round(x * 255)) < 1e-4)).toBe(true)
  }
})

it('takes 8 to 100 % of the area, in the proportions allowed, from all over the picture', () => {
  const parts = many(whole, 150).map(partOf)
  // The outer pixels' centres lie half a pixel of 16 inside: the part is 16/15 of what lies between them.
  const across = parts.map(({ left, right }) => (Math.abs(right - left) * 100 * 16) / 15)
  const down = parts.map(({ top, bottom }) => ((bottom - top) * 50 * 16) / 15)
  const areas = across.map((width, i) => (width * down[i]!) / 5000)
  expect(Math.min(...areas)).toBeGreaterThan(0.08 * 0.85)
  expect(Math.max(...areas)).toBeLessThanOrEqual(1.05)
  expect(Math.max(...areas)).toBeGreaterThan(0.45)
  for (const [i, width] of across.entries()) {
    expect(width / down[i]!).toBeGreaterThan(0.75 * 0.88)
    expect(width / down[i]!).toBeLessThan((4 / 3) * 1.12)
  }
  const lefts = parts.map(({ left, right }) => Math.min(left, right))
  expect([Math.min(...lefts) < 0.05, Math.max(...lefts) > 0.6]).toEqual([true, true])
  expect(Math.max(...parts.map(({ top }) => top))).toBeGreaterThan(0.4)
})

it('mirrors half of them, left and right only', () => {
  const parts = many(whole, 200).map(partOf)
  expect(parts.every(({ top, bottom }) => bottom > top)).toBe(true)
  // 100 expected: five standard deviations are 35.
  expect(Math.abs(parts.filter(({ left, right }) => left > right).length - 100)).toBeLessThan(35)
})

it('takes the middle of a picture so long that no part fits', () => {
  const strip = ramps(400, 2)
  const parts = many(strip, 40).map(partOf)
  const middles = parts.filter(({ left, right }) => Math.abs((left + right) / 2 - 0.5) < 0.01)
  expect(middles).toHaveLength(40)
})

it('makes the same crop of the same seed, and does not touch the picture', () => {
  const image = ramps(60, 40)
  expect(cropAtRandom(image, size, size, createRandom(5))).toEqual(cropAtRandom(image, size, size, createRandom(5)))
  expect(cropAtRandom(image, size, size, createRandom(5))).not.toEqual(cropAtRandom(image, size, size, createRandom(6)))
  expect(image).toEqual(ramps(60, 40))
})
