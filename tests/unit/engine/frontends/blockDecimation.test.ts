import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createBlockDecimation } from '../../../../src-main/engine/frontends/blockDecimation.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { maxAbsDifference } from '../../../helpers/data.ts'

const [rows, columns, factor, before] = [2, 7, 5, 8]
const taps = Float64Array.from({ length: 19 }, (_, j) => Math.cos(j * j))
const signal = Float32Array.from({ length: rows * columns * factor }, (_, t) => Math.sin(t * t))
const dy = Float32Array.from({ length: rows * columns }, (_, m) => Math.cos(3 * m * m))

describe('block decimation', () => {
  beforeAll(async () => void (await loadBackend()))

  it('equals filter and decimation written as sums, both ways', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const decimation = createBlockDecimation(taps, factor, before, columns)
    const outputs = new Float64Array(rows * columns)
    const back = new Float64Array(signal.length)
    eachTap((row, m, t, weight) => {
      outputs[row * columns + m]! += weight * signal[row * columns * factor + t]!
      back[row * columns * factor + t]! += weight * dy[row * columns + m]!
    })
    tf.tidy(() => {
      expect(maxAbsDifference(decimation.apply(tf.tensor2d(signal, [rows, columns * factor])).dataSync(), outputs)).toBeLessThan(1e-5)
      expect(maxAbsDifference(decimation.transpose(tf.tensor2d(dy, [rows, columns])).dataSync(), back)).toBeLessThan(1e-5)
    })
    decimation.dispose()
  })
})

/** Every product of the sum out[m] = sum over j of taps[j] * signal[factor * m + j - before]. */
function eachTap(visit: (row: number, m: number, t: number, weight: number) => void): void {
  for (let row = 0; row < rows; row++) {
    for (let m = 0; m < columns; m++) {
      taps.forEach((weight, j) => {
        const t = factor * m + j - before
        if (t >= 0 && t < columns * factor) visit(row, m, t, weight)
      })
    }
  }
}
