import type { NamedArrays } from '../domain/weights.ts'

/** Name the arrays that hold values which are not finite: a network with one gives no finite activations. */
export function notFiniteWarnings(arrays: NamedArrays): string[] {
  return [...arrays].filter(([, { data }]) => !allFinite(data)).map(([name, { data }]) => `The array "${name}" holds ${countNotFinite(data)} values that are not finite (NaN or infinite).`)
}

/** x - x is NaN for what is not finite, and sums keep it; four sums run side by side. */
function allFinite(data: Float32Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0]
  const whole = data.length - (data.length % 4)
  for (let i = 0; i < whole; i += 4) {
    a += data[i]! - data[i]!
    b += data[i + 1]! - data[i + 1]!
    c += data[i + 2]! - data[i + 2]!
    d += data[i + 3]! - data[i + 3]!
  }
  for (let i = whole; i < data.length; i++) a += data[i]! - data[i]!
  return a + b + c + d === 0
}

function countNotFinite(data: Float32Array): number {
  return data.reduce((count, value) => count + Number(!Number.isFinite(value)), 0)
}
