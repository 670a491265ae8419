import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invertedResidualApart, invertedResidualWhole, type FrozenConvolution, type InvertedResidual } from '../../../../src-main/engine/native/invertedResidual.ts'
import { installedKernels, installKernels } from '../../../../src-main/engine/native/kernels.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'

let installed: ReturnType<typeof installedKernels>
beforeAll(async () => {
  await loadBackend()
  installed = installedKernels()
})
beforeEach((context) => context.skip(installed === null, 'needs the compiled kernels'))
afterEach(() => installKernels(installed?.kernels ?? null, installed?.threads ?? 1))

const random = createRandom(7)

function values(shape: number[], scale: number, offset = 0): tf.Tensor {
  return tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => offset + scale * random.normal()), shape)
}

/** Values on both sides of 0 and of 6 come to both ReLU6. */
function convolution(shape: [number, number, number, number], scale: number): FrozenConvolution {
  const outputs = shape[0] === 1 ? shape[3] : shape[2]
  const [kernel, bias] = [values(shape, scale), values([outputs], 2, 2)]
  const transposed = tf.transpose(tf.reshape(kernel, [shape[2], shape[0] * shape[1] * shape[3]]))
  return { kernel: () => kernel, bias: () => bias, transposed: () => transposed }
}

/** Made when first asked for: the engine is loaded by then. */
function block(size: number, stride: number, [input, wide, output]: [number, number, number]): () => InvertedResidual {
  return () => ({
    expand: input === wide ? null : convolution([1, 1, input, wide], 0.7),
    depthwise: convolution([size, size, wide, 1], 0.4),
    project: convolution([1, 1, wide, output], 0.2),
    stride,
  })
}

function both(work: (x: tf.Tensor, block: InvertedResidual) => tf.Tensor, x: tf.Tensor, of: InvertedResidual): { y: Float32Array; dx: Float32Array } {
  return tf.tidy(() => {
    const y = work(x, of)
    const weights = tf.cos(tf.reshape(tf.range(0, y.size), y.shape))
    const dx = tf.grad((z) => tf.sum(tf.mul(work(z, of), weights)))(x)
    return { y: y.dataSync() as Float32Array, dx: dx.dataSync() as Float32Array }
  })
}

const cases: Array<[string, number[], () => InvertedResidual]> = [
  ['stride 1 with its input added', [1, 14, 14], block(3, 1, [16, 96, 16])],
  ['a window of five and stride 2', [1, 28, 28], block(5, 2, [24, 144, 40])],
  ['stride 2 and odd sides', [2, 9, 15], block(3, 2, [8, 48, 24])],
  ['a picture smaller than its window', [1, 3, 2], block(5, 1, [8, 24, 8])],
  ['stride 2 on one place', [3, 1, 1], block(5, 2, [8, 16, 8])],
  ['nothing that widens', [2, 17, 20], block(3, 1, [32, 32, 16])],
  ['sides of seven and many channels', [2, 7, 7], block(5, 1, [112, 672, 112])],
]

describe('invertedResidual', () => {
  it.each(cases)('gives values and gradients of the operations apart: %s', (_, places, made) => {
    const of = made()
    const x = values([...places, (of.expand ?? of.depthwise).kernel().shape[2]!], 1)
    const [whole, apart] = [both(invertedResidualWhole, x, of), both(invertedResidualApart, x, of)]
    expect(relativeL2(whole.y, apart.y)).toBeLessThan(1e-6)
    expect(relativeL2(whole.dx, apart.dx)).toBeLessThan(1e-6)
  })

  it('gives the same numbers, to the bit, on any number of threads', () => {
    const of = cases[1]![2]()
    const x = values([2, 28, 28, 24], 1)
    const on = (threads: number) => {
      installKernels(installed!.kernels, threads)
      return both(invertedResidualWhole, x, of)
    }
    const one = on(1)
    for (const threads of [2, 5]) expect(on(threads)).toEqual(one)
  })

  it('lets what is not a number through, so that it is seen', () => {
    const x = tf.fill([1, 4, 4, 16], NaN)
    const y = invertedResidualWhole(x, cases[0]![2]()).dataSync()
    expect(y.every(Number.isNaN)).toBe(true)
  })

  it('refuses an input whose channels are not those of its weights', () => {
    expect(() => invertedResidualWhole(tf.zeros([1, 4, 4, 24]), cases[0]![2]())).toThrow('other channels than its weights')
  })
})
