import { describe, expect, it } from 'vitest'
import { createFft } from '../../../../src-main/engine/frontends/fft.ts'
import { maxAbsDifference } from '../../../helpers/data.ts'

describe('fft', () => {
  it.each([1, 2, 3, 4, 8, 10, 22, 26, 49, 60, 100])('equals the sum that defines it at length %i', (length) => {
    const [re, im] = signal(length)
    const found = [re.slice(), im.slice()] as const
    createFft(length).forward(...found)
    const expected = [new Float64Array(length), new Float64Array(length)] as const
    for (let k = 0; k < length; k++) {
      for (let t = 0; t < length; t++) {
        const angle = (-2 * Math.PI * ((k * t) % length)) / length
        expected[0][k]! += re[t]! * Math.cos(angle) - im[t]! * Math.sin(angle)
        expected[1][k]! += re[t]! * Math.sin(angle) + im[t]! * Math.cos(angle)
      }
    }
    expect(maxAbsDifference(found[0], expected[0])).toBeLessThan(1e-11)
    expect(maxAbsDifference(found[1], expected[1])).toBeLessThan(1e-11)
  })

  it('comes back, times the length, by the inverse', () => {
    const length = 40000
    const [re, im] = signal(length)
    const found = [re.slice(), im.slice()] as const
    const fft = createFft(length)
    fft.forward(...found)
    fft.inverse(...found)
    expect(maxAbsDifference(found[0].map((x) => x / length), re)).toBeLessThan(1e-13)
    expect(maxAbsDifference(found[1].map((x) => x / length), im)).toBeLessThan(1e-13)
  })
})

function signal(length: number): [Float64Array, Float64Array] {
  return [Float64Array.from({ length }, (_, i) => Math.sin(i * i)), Float64Array.from({ length }, (_, i) => Math.cos(3 * i))]
}
