import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hannKernel, hannPool } from '../../src-main/engine/models/architectures/hannPool.ts'
import { createLazyTensors } from '../../src-main/engine/models/lazyTensors.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, maxAbsDifference, readFloat32 } from '../helpers/data.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'

beforeAll(async () => void (await loadBackend()))

// Golden: the authors' own Hann pooling code, run in numpy.
describe.each([
  [2, 8],
  [3, 12],
])('the Hann window of stride %i', (stride, size) => {
  it.each([
    ['raw', false],
    ['normalised', true],
  ])('is the authors\', %s', (name, normalised) => {
    const golden = readFloat32(dataPath(`golden/hann_pool_stride${stride}_size${size}_${name}.f32`)!)
    expect(maxAbsDifference(hannKernel(size, normalised), golden)).toBeLessThan(1e-7)
  })

  it.each([
    [7, 10],
    [12, 12],
    [13, 17],
  ])('pools %i x %i units with SAME padding as the whole window does', (height, width) => {
    const random = createRandom(1, 'hann')
    const values = Float32Array.from({ length: height * width * 2 }, () => random.normal())
    const golden = readFloat32(dataPath(`golden/hann_pool_stride${stride}_size${size}_normalised.f32`)!)
    const tensors = createLazyTensors()
    const pooled = tf.tidy(() => hannPool(tensors, stride, 2)(tf.tensor(values, [1, height, width, 2])).dataSync())
    tensors.dispose()
    expect(maxAbsDifference(pooled, poolByHand(values, height, width, 2, golden, stride))).toBeLessThan(1e-6)
  })
})

/** The definition: windows of `size`, TensorFlow's SAME padding with zeros (the odd one below and right). */
function poolByHand(x: Float32Array, height: number, width: number, channels: number, kernel: Float32Array, stride: number): number[] {
  const size = Math.sqrt(kernel.length)
  const before = (length: number) => Math.floor(Math.max((Math.ceil(length / stride) - 1) * stride + size - length, 0) / 2)
  const result: number[] = []
  for (let row = 0; row < height; row += stride) {
    for (let column = 0; column < width; column += stride) {
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let k = 0; k < kernel.length; k++) {
          const y = row + Math.floor(k / size) - before(height)
          const z = column + (k % size) - before(width)
          if (y >= 0 && y < height && z >= 0 && z < width) sum += kernel[k]! * x[(y * width + z) * channels + c]!
        }
        result.push(sum)
      }
    }
  }
  return result
}
