/** Real and imaginary parts of a complex vector. */
export interface ComplexVector {
  re: Float64Array
  im: Float64Array
}

/** Above this, a prime factor's own sum costs more than Bluestein's detour over a power of two. */
const largestDirectFactor = 31

/**
 * Transform a complex vector: X[k] = sum over n of x[n] exp(-2 pi i n k / N), any length.
 * In double precision and plain JavaScript on purpose: what is drawn from a seed must not depend on the back end.
 *
 * @returns new vectors of the same length; x is left as it is
 * @source  mixed-radix decimation in time; for large prime factors Bluestein 1970
 */
export function fft(x: ComplexVector): ComplexVector {
  const n = x.re.length
  if (n <= 1) return { re: x.re.slice(), im: x.im.slice() }
  const factors = primeFactors(n)
  return factors.at(-1)! > largestDirectFactor ? bluestein(x) : mixedRadix(x, factors)
}

/**
 * Turn the non-negative half of a spectrum into a real signal, scaled by 1/length.
 * The missing half is taken as the complex conjugate; imaginary parts at zero and at the Nyquist bin are ignored.
 *
 * @param half    bins 0 .. floor(length / 2)
 * @param length  samples wanted
 */
export function inverseRealFft(half: ComplexVector, length: number): Float64Array {
  // The inverse transform of X is the conjugate of the transform of conj(X); of a real result, the real part suffices.
  const full = { re: new Float64Array(length), im: new Float64Array(length) }
  for (let k = 0; k <= length / 2; k++) {
    const mirror = (length - k) % length
    full.re[k] = full.re[mirror] = half.re[k]!
    if (mirror === k) continue
    full.im[k] = -half.im[k]!
    full.im[mirror] = half.im[k]!
  }
  return fft(full).re.map((value) => value / length)
}

/** Prime factors in ascending order. */
function primeFactors(n: number): number[] {
  const factors: number[] = []
  for (let p = 2; p * p <= n; p++) {
    for (; n % p === 0; n /= p) factors.push(p)
  }
  return n > 1 ? [...factors, n] : factors
}

/** cos and sin of 2 pi k / n, k = 0 .. n-1. */
function unitRoots(n: number): ComplexVector {
  const roots = { re: new Float64Array(n), im: new Float64Array(n) }
  for (let k = 0; k < n; k++) {
    roots.re[k] = Math.cos((2 * Math.PI * k) / n)
    roots.im[k] = Math.sin((2 * Math.PI * k) / n)
  }
  return roots
}

function mixedRadix(x: ComplexVector, factors: number[]): ComplexVector {
  const n = x.re.length
  const roots = unitRoots(n)
  const out = { re: new Float64Array(n), im: new Float64Array(n) }
  const scratch = { re: new Float64Array(factors.at(-1)!), im: new Float64Array(factors.at(-1)!) }

  /** Transform the `size` values x[from], x[from + stride], ... into out[to ...]. */
  function transform(from: number, stride: number, size: number, to: number, level: number): void {
    if (size === 1) {
      out.re[to] = x.re[from]!
      out.im[to] = x.im[from]!
      return
    }
    const radix = factors[level]!
    const part = size / radix
    for (let r = 0; r < radix; r++) transform(from + r * stride, stride * radix, part, to + r * part, level + 1)
    for (let k = 0; k < part; k++) combine(to + k, part, radix, k, stride)
  }

  /** Join bin k of `radix` transforms of length `part` into bins k, k + part, ... of the longer one. */
  function combine(at: number, part: number, radix: number, k: number, stride: number): void {
    for (let q = 0; q < radix; q++) {
      let re = 0
      let im = 0
      for (let r = 0; r < radix; r++) {
        const turn = (r * (k + q * part) * stride) % n
        const c = roots.re[turn]!
        const s = roots.im[turn]!
        const a = out.re[at + r * part]!
        const b = out.im[at + r * part]!
        re += a * c + b * s
        im += b * c - a * s
      }
      scratch.re[q] = re
      scratch.im[q] = im
    }
    for (let q = 0; q < radix; q++) {
      out.re[at + q * part] = scratch.re[q]!
      out.im[at + q * part] = scratch.im[q]!
    }
  }

  transform(0, 1, n, 0, 0)
  return out
}

/** Write n k = (n^2 + k^2 - (k - n)^2) / 2: the transform becomes a convolution, done over a power of two. */
function bluestein(x: ComplexVector): ComplexVector {
  const n = x.re.length
  const padded = 2 ** Math.ceil(Math.log2(2 * n - 1))
  const chirp = chirpOf(n)
  const a = { re: new Float64Array(padded), im: new Float64Array(padded) }
  const b = { re: new Float64Array(padded), im: new Float64Array(padded) }
  for (let k = 0; k < n; k++) {
    const c = chirp.re[k]!
    const s = chirp.im[k]!
    a.re[k] = x.re[k]! * c + x.im[k]! * s
    a.im[k] = x.im[k]! * c - x.re[k]! * s
    const mirror = (padded - k) % padded
    b.re[k] = b.re[mirror] = c
    b.im[k] = b.im[mirror] = s
  }
  const y = convolve(a, b)
  const out = { re: new Float64Array(n), im: new Float64Array(n) }
  for (let k = 0; k < n; k++) {
    out.re[k] = y.re[k]! * chirp.re[k]! + y.im[k]! * chirp.im[k]!
    out.im[k] = y.im[k]! * chirp.re[k]! - y.re[k]! * chirp.im[k]!
  }
  return out
}

/** exp(i pi k^2 / n); k^2 is taken modulo 2n first, or the angle would lose its digits. */
function chirpOf(n: number): ComplexVector {
  const chirp = { re: new Float64Array(n), im: new Float64Array(n) }
  for (let k = 0; k < n; k++) {
    const angle = (Math.PI * ((k * k) % (2 * n))) / n
    chirp.re[k] = Math.cos(angle)
    chirp.im[k] = Math.sin(angle)
  }
  return chirp
}

/** Circular convolution of two vectors of equal length. */
function convolve(a: ComplexVector, b: ComplexVector): ComplexVector {
  const n = a.re.length
  const fa = fft(a)
  const fb = fft(b)
  const conjugate = { re: new Float64Array(n), im: new Float64Array(n) }
  for (let k = 0; k < n; k++) {
    conjugate.re[k] = fa.re[k]! * fb.re[k]! - fa.im[k]! * fb.im[k]!
    conjugate.im[k] = -(fa.re[k]! * fb.im[k]! + fa.im[k]! * fb.re[k]!)
  }
  const y = fft(conjugate)
  return { re: y.re.map((v) => v / n), im: y.im.map((v) => -v / n) }
}
