import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  clippedRelu, rectifiedValue, relu, relu6, relu6Kernel, relu6Native, relu6Plain, reluKernel, reluNative, reluPlain,
} from '../../../../src-main/engine/native/relu.ts'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

const values = [-2, -0.5, 0, 0.5, 5.5, 6, 7]
const gradientOf = (f: (x: tf.Tensor) => tf.Tensor) =>
  Array.from(tf.tidy(() => tf.grad((x) => f(x))(tf.tensor1d(values), tf.fill([7], 3)).dataSync()))

describe('relu', () => {
  beforeAll(async () => void (await loadBackend()))

  it('passes the gradient above zero only', () => {
    expect(Array.from(tf.tidy(() => relu(tf.tensor1d(values)).dataSync()))).toEqual([0, 0, 0, 0.5, 5.5, 6, 7])
    expect(gradientOf(relu)).toEqual([0, 0, 0, 3, 3, 3, 3])
  })

  it('with a cap at 6 passes the gradient strictly between 0 and 6 only', () => {
    expect(Array.from(tf.tidy(() => relu6(tf.tensor1d(values)).dataSync()))).toEqual([0, 0, 0, 0.5, 5.5, 6, 6])
    expect(gradientOf(relu6)).toEqual([0, 0, 0, 3, 3, 0, 0])
  })

  it('clipped at 5.5 passes the gradient strictly between 0 and 5.5 only', () => {
    const clipped = (x: tf.Tensor) => clippedRelu(x, 5.5)
    expect(Array.from(tf.tidy(() => clipped(tf.tensor1d(values)).dataSync()))).toEqual([0, 0, 0, 0.5, 5.5, 5.5, 5.5])
    expect(gradientOf(clipped)).toEqual([0, 0, 0, 3, 0, 0, 0])
  })

  it('agrees with its plain twin', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    expect(gradientOf(reluNative)).toEqual(gradientOf(reluPlain))
    expect(gradientOf(relu6Native)).toEqual(gradientOf(relu6Plain))
  })

  it('agrees with compiled kernels', (context) => {
    context.skip(installedKernels() === null, 'needs the compiled kernels')
    expect(gradientOf(reluKernel)).toEqual(gradientOf(reluPlain))
    expect(gradientOf(relu6Kernel)).toEqual(gradientOf(relu6Plain))
  })

  it('gives the value alone, also of many values and of none', () => {
    const many = tf.linspace(-3, 9, 70_001)
    expect(rectifiedValue(many, 6).dataSync()).toEqual(tf.clipByValue(many, 0, 6).dataSync())
    expect(rectifiedValue(tf.zeros([0, 3])).shape).toEqual([0, 3])
    expect(rectifiedValue(tf.tensor1d([NaN, 1])).dataSync()).toEqual(Float32Array.of(NaN, 1))
    many.dispose()
  })

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors
    gradientOf(relu)
    gradientOf(relu6)
    expect(tf.memory().numTensors).toBe(before)
  })
})
