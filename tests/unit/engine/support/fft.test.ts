import { describe, expect, it } from 'vitest'
import { createFft, inverseRealFft } from '../../../../src-main/engine/support/fft.ts'
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

describe('inverseRealFft', () => {
  it.each([1, 2, 7, 10, 82, 625])('undoes the transform of a real signal of length %i', (length) => {
    const [wave] = signal(length)
    const [re, im] = [wave.slice(), new Float64Array(length)]
    createFft(length).forward(re, im)
    const bins = Math.floor(length / 2) + 1
    expect(maxAbsDifference(inverseRealFft({ re: re.slice(0, bins), im: im.slice(0, bins) }, length), wave)).toBeLessThan(1e-12)
  })

  it('ignores the imaginary parts at zero and at the Nyquist bin, which no real signal has', () => {
    const half = { re: Float64Array.of(1, 2, 3), im: Float64Array.of(9, 0.5, 9) }
    expect(inverseRealFft(half, 4)).toEqual(inverseRealFft({ re: half.re, im: Float64Array.of(0, 0.5, 0) }, 4))
  })
})

function signal(length: number): [Float64Array, Float64Array] {
  return [Float64Array.from({ length }, (_, i) => Math.sin(i * i)), Float64Array.from({ length }, (_, i) => Math.cos(3 * i))]
}
