import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { generationClippedRelu, generationRelu, generationRelu6 } from '../../../../src-main/engine/synthesis/generationRelu.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

beforeAll(async () => void (await loadBackend()))

const z = [-2, -0, 0, 0.5, 6, 9]
const dy = [1, -2, 3, 4, 5, 6]

function gradientOf(f: (x: tf.Tensor) => tf.Tensor): number[] {
  return tf.tidy(() => Array.from(tf.grad(f)(tf.tensor1d(z), tf.tensor1d(dy)).dataSync()))
}

describe('generationRelu', () => {
  it('has the very values of the ordinary ReLU', () => {
    tf.tidy(() => void expect(generationRelu(tf.tensor1d(z)).dataSync()).toEqual(tf.relu(tf.tensor1d(z)).dataSync()))
  })

  it('passes every gradient through, also below zero', () => {
    expect(gradientOf(generationRelu)).toEqual(dy)
  })

  it('leaves the gradient of tf.relu as it was', () => {
    // relu' = 0 below and at zero, 1 above
    expect(gradientOf((x) => tf.relu(x)).map((g) => g + 0)).toEqual([0, 0, 0, 4, 5, 6])
  })

  it('leaves no tensor behind', () => {
    gradientOf(generationRelu)
    const before = tf.memory().numTensors
    gradientOf(generationRelu)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('generationRelu6', () => {
  it('has the very values of the ordinary ReLU6', () => {
    tf.tidy(() => void expect(generationRelu6(tf.tensor1d(z)).dataSync()).toEqual(tf.relu6(tf.tensor1d(z)).dataSync()))
  })

  it('passes every gradient through, below zero and above six', () => {
    expect(gradientOf(generationRelu6)).toEqual(dy)
  })
})

describe('generationClippedRelu', () => {
  it('clips the values and passes every gradient through, below zero and above the ceiling', () => {
    expect(tf.tidy(() => Array.from(generationClippedRelu(tf.tensor1d(z), 6).dataSync(), (y) => y + 0))).toEqual([0, 0, 0, 0.5, 6, 6])
    expect(gradientOf((x) => generationClippedRelu(x, 6))).toEqual(dy)
  })
})
