import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { createVariable, type Variable } from '../../src-main/engine/native/variable.ts'
import type { Pass, TrainingLayer } from '../../src-main/engine/training/layers/layer.ts'

/** Numbers in [-1, 1] without a pattern that a layer could profit from. */
export const values = (length: number, phase: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(2.3 * i + 0.07 * i * i + phase))
export const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

export function variable(shape: number[], phase: number, centre = 0): Variable {
  const start = tf.add(tf.tensor(values(size(shape), phase), shape), centre)
  const made = createVariable(start)
  start.dispose()
  return made
}

/** Compare a layer's gradients, of its input and of all that it learns, with finite differences; then free its variables. */
export function expectGradients(layer: TrainingLayer, x: Float32Array, shape: number[], pass: Pass): void {
  const { gradients, dx } = gradientsOf(layer, x, shape, pass)
  expectSlopes(dx, (changed) => objective(layer, changed, shape, pass), x)
  layer.trained.forEach(({ variable: weight, name }, i) => {
    const start = weight.values()
    const at = (changed: Float32Array): number => {
      assign(weight, changed)
      return objective(layer, x, shape, pass)
    }
    expectSlopes(gradients[i]!, at, start, name)
    assign(weight, start)
  })
  for (const { variable: one } of [...layer.trained, ...layer.statistics]) one.dispose()
}

/** Sum of the output times fixed weights, so that every output counts differently. */
function objective(layer: TrainingLayer, x: Float32Array, shape: number[], pass: Pass): number {
  let sum = 0
  tf.tidy(() => {
    const y = layer.forward(tf.tensor(x, shape), pass).y.dataSync()
    const weights = values(y.length, 5)
    for (let i = 0; i < y.length; i++) sum += y[i]! * weights[i]!
  })
  return sum
}

function gradientsOf(layer: TrainingLayer, x: Float32Array, shape: number[], pass: Pass): { dx: Float32Array; gradients: Float32Array[] } {
  const result = { dx: new Float32Array(), gradients: [] as Float32Array[] }
  tf.tidy(() => {
    const { y, backward } = layer.forward(tf.tensor(x, shape), pass)
    const { dx, gradients } = backward(tf.tensor(values(y.size, 5), y.shape), true)
    result.dx = Float32Array.from(dx!.dataSync() as Float32Array)
    result.gradients = gradients.map((g) => Float32Array.from(g.dataSync() as Float32Array))
  })
  return result
}

/** Compare with central differences at every twentieth place and at the first ones. */
export function expectSlopes(gradient: Float32Array, f: (x: Float32Array) => number, at: Float32Array, what = 'input'): void {
  const h = 2e-3
  for (let i = 0; i < at.length; i += i < 4 ? 1 : Math.max(1, Math.floor(at.length / 20))) {
    const moved = (by: number) => at.map((v, j) => (j === i ? v + by : v))
    const slope = (f(moved(h)) - f(moved(-h))) / (2 * h)
    expect(Math.abs(gradient[i]! - slope), `${what} ${i}: ${gradient[i]} and ${slope}`).toBeLessThan(4e-3 * Math.max(1, Math.abs(slope)))
  }
}

function assign(weight: Variable, data: Float32Array): void {
  const value = tf.tensor(data, weight.shape)
  weight.assign(value)
  value.dispose()
}
