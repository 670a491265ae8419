/** Product of two vectors of one length, summed in double precision. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** Add a share of `b` to `a`. */
export function addTo(a: Float32Array, share: number, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i]! + share * b[i]!
}

/** Multiply `a`. */
export function scale(a: Float32Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i]! * factor
}
