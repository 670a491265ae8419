import { describe, expect, it } from 'vitest'
import { fft, inverseRealFft, type ComplexVector } from '../../../../src-main/engine/support/fft.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'

function noise(n: number): ComplexVector {
  const random = createRandom(n, 'fft test')
  const draw = (): Float64Array => Float64Array.from({ length: n }, random.normal)
  return { re: draw(), im: draw() }
}

/** The sum as it is defined. */
function directDft(x: ComplexVector): ComplexVector {
  const n = x.re.length
  const out = { re: new Float64Array(n), im: new Float64Array(n) }
  for (let k = 0; k < n; k++) {
    for (let t = 0; t < n; t++) {
      const angle = (-2 * Math.PI * ((k * t) % n)) / n
      out.re[k]! += x.re[t]! * Math.cos(angle) - x.im[t]! * Math.sin(angle)
      out.im[k]! += x.im[t]! * Math.cos(angle) + x.re[t]! * Math.sin(angle)
    }
  }
  return out
}

function worst(a: Float64Array, b: Float64Array): number {
  return a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0)
}

describe('fft', () => {
  // powers of two, mixed factors, primes below and above the limit for direct sums, products with a large prime
  it.each([1, 2, 3, 8, 30, 31, 37, 50, 64, 74, 100, 211, 400])('equals the direct sum for length %i', (n) => {
    const x = noise(n)
    const actual = fft(x)
    const expected = directDft(x)
    expect(worst(actual.re, expected.re)).toBeLessThan(1e-11)
    expect(worst(actual.im, expected.im)).toBeLessThan(1e-11)
  })

  it('leaves its input as it was', () => {
    const x = noise(12)
    fft(x)
    expect(x).toEqual(noise(12))
  })
})

describe('inverseRealFft', () => {
  it.each([1, 2, 7, 10, 82, 625])('undoes the transform of a real signal of length %i', (n) => {
    const signal = noise(n).re
    const spectrum = fft({ re: signal, im: new Float64Array(n) })
    const bins = Math.floor(n / 2) + 1
    const back = inverseRealFft({ re: spectrum.re.slice(0, bins), im: spectrum.im.slice(0, bins) }, n)
    expect(worst(back, signal)).toBeLessThan(1e-12)
  })

  it('ignores the imaginary parts at zero and at the Nyquist bin, which no real signal has', () => {
    const half = { re: Float64Array.of(1, 2, 3), im: Float64Array.of(9, 0.5, 9) }
    const same = { re: half.re, im: Float64Array.of(0, 0.5, 0) }
    expect(inverseRealFft(half, 4)).toEqual(inverseRealFft(same, 4))
  })
})
