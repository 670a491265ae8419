/**
 * Fourier transforms of one length, in double precision and plain JavaScript: for engines that have none of their own,
 * and for what is drawn from a seed, which must not depend on the engine.
 */
export interface Fft {
  readonly length: number
  /** Replace (re, im) by sum over t of x[t] exp(-2 pi i k t / length). */
  forward(re: Float64Array, im: Float64Array): void
  /** Replace (re, im) by sum over k of X[k] exp(+2 pi i k t / length): no division by the length. */
  inverse(re: Float64Array, im: Float64Array): void
}

/**
 * Prepare transforms of a length. Fast where it is a product of small primes, right for any.
 * @source Stockham's self-sorting algorithm, mixed radix, decimation in frequency
 */
export function createFft(length: number): Fft {
  const radices = radicesOf(length)
  const cos = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length))
  const sin = Float64Array.from({ length }, (_, k) => -Math.sin((2 * Math.PI * k) / length))
  const scratchRe = new Float64Array(length)
  const scratchIm = new Float64Array(length)

  function forward(re: Float64Array, im: Float64Array): void {
    let from: ComplexVector = { re, im }
    let to: ComplexVector = { re: scratchRe, im: scratchIm }
    let stride = 1
    for (const radix of radices) {
      const pass = radix === 4 ? passOf4 : passOfAny
      pass(from, to, radix, stride, { re: cos, im: sin })
      stride *= radix
      ;[from, to] = [to, from]
    }
    if (from.re === re) return
    re.set(from.re)
    im.set(from.im)
  }

  // Swapping real and imaginary parts before and after turns the sign of the exponent.
  return { length, forward, inverse: (re, im) => forward(im, re) }
}

/**
 * Turn the non-negative half of a spectrum into a real signal, scaled by 1/length.
 * The missing half is taken as the complex conjugate; imaginary parts at zero and at the Nyquist bin are ignored.
 *
 * @param half    bins 0 .. floor(length / 2)
 * @param length  samples wanted
 */
export function inverseRealFft(half: ComplexVector, length: number): Float64Array {
  const re = new Float64Array(length)
  const im = new Float64Array(length)
  for (let k = 0; k <= length / 2; k++) {
    const mirror = (length - k) % length
    re[k] = re[mirror] = half.re[k]!
    if (mirror === k) continue
    im[k] = half.im[k]!
    im[mirror] = -half.im[k]!
  }
  createFft(length).inverse(re, im)
  return re.map((value) => value / length)
}

/** Real and imaginary parts of a complex vector. */
export interface ComplexVector {
  re: Float64Array
  im: Float64Array
}

/**
 * One pass. `stride` is the product of the radices before it, `roots` holds exp(-2 pi i k / length) for every k;
 * exp(-2 pi i j / m) with m = length / stride is root j * stride.
 */
function passOfAny(from: ComplexVector, to: ComplexVector, radix: number, stride: number, roots: ComplexVector): void {
  const length = from.re.length
  const groups = length / stride / radix
  const factorRe = new Float64Array(radix)
  const factorIm = new Float64Array(radix)
  for (let j = 0; j < groups; j++) {
    for (let u = 0; u < radix; u++) {
      for (let r = 0; r < radix; r++) {
        const root = (u * stride * (j + r * groups)) % length
        factorRe[r] = roots.re[root]!
        factorIm[r] = roots.im[root]!
      }
      const out = stride * (radix * j + u)
      for (let q = 0; q < stride; q++) {
        let sumRe = 0
        let sumIm = 0
        for (let r = 0; r < radix; r++) {
          const at = q + stride * (j + groups * r)
          sumRe += from.re[at]! * factorRe[r]! - from.im[at]! * factorIm[r]!
          sumIm += from.re[at]! * factorIm[r]! + from.im[at]! * factorRe[r]!
        }
        to.re[out + q] = sumRe
        to.im[out + q] = sumIm
      }
    }
  }
}

/** The same for radix 4, whose inner roots are 1, -i, -1, i. */
function passOf4(from: ComplexVector, to: ComplexVector, _radix: number, stride: number, roots: ComplexVector): void {
  const { re, im } = from
  const quarter = re.length / 4
  const groups = quarter / stride
  for (let j = 0; j < groups; j++) {
    const c1 = roots.re[j * stride]!, s1 = roots.im[j * stride]!
    const c2 = roots.re[2 * j * stride]!, s2 = roots.im[2 * j * stride]!
    const c3 = roots.re[3 * j * stride]!, s3 = roots.im[3 * j * stride]!
    for (let q = 0; q < stride; q++) {
      const a = q + stride * j
      const b = a + quarter, c = b + quarter, d = c + quarter
      const evenRe = re[a]! + re[c]!, evenIm = im[a]! + im[c]!
      const evenDifRe = re[a]! - re[c]!, evenDifIm = im[a]! - im[c]!
      const oddRe = re[b]! + re[d]!, oddIm = im[b]! + im[d]!
      const oddDifRe = re[b]! - re[d]!, oddDifIm = im[b]! - im[d]!
      const out = q + stride * 4 * j
      to.re[out] = evenRe + oddRe
      to.im[out] = evenIm + oddIm
      const y1Re = evenDifRe + oddDifIm, y1Im = evenDifIm - oddDifRe
      to.re[out + stride] = y1Re * c1 - y1Im * s1
      to.im[out + stride] = y1Re * s1 + y1Im * c1
      const y2Re = evenRe - oddRe, y2Im = evenIm - oddIm
      to.re[out + 2 * stride] = y2Re * c2 - y2Im * s2
      to.im[out + 2 * stride] = y2Re * s2 + y2Im * c2
      const y3Re = evenDifRe - oddDifIm, y3Im = evenDifIm + oddDifRe
      to.re[out + 3 * stride] = y3Re * c3 - y3Im * s3
      to.im[out + 3 * stride] = y3Re * s3 + y3Im * c3
    }
  }
}

/** Fours first, then primes. */
function radicesOf(length: number): number[] {
  const radices: number[] = []
  let rest = length
  for (const radix of [4, 2, 3, 5, 7]) while (rest % radix === 0) rest = divide(radix)
  for (let radix = 11; rest > 1; radix += 2) while (rest % radix === 0) rest = divide(radix)
  return radices

  function divide(radix: number): number {
    radices.push(radix)
    return rest / radix
  }
}
