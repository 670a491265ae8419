import * as tf from '@tensorflow/tfjs-core'

/**
 * Anti-alias filter and decimation as products with small matrices. A signal is cut into blocks of several outputs each;
 * a block times a matrix is its share in the outputs of its own and the neighbouring blocks, and shares are added. Equal to the
 * strided convolution, and many times faster, its gradient above all.
 */
export interface BlockDecimation {
  /** float32 [rows, columns * factor] to [rows, columns] */
  apply(signal: tf.Tensor): tf.Tensor
  /** Its transpose: [rows, columns] to [rows, columns * factor]. */
  transpose(dy: tf.Tensor): tf.Tensor
  dispose(): void
}

/** Samples of a block, at least: then the matrix is large enough to be multiplied quickly. */
const leastOfBlock = 240

/**
 * @param taps         the filter: output m is the sum over j of taps[j] * signal[factor * m + j - zerosBefore]
 * @param zerosBefore  zeros the filter sees before the signal
 * @param columns      outputs of a signal
 */
export function createBlockDecimation(taps: ArrayLike<number>, factor: number, zerosBefore: number, columns: number): BlockDecimation {
  const outputs = outputsOfBlock(factor, columns)
  const block = outputs * factor
  const reach = Math.max(Math.ceil(zerosBefore / block), Math.floor((taps.length - 1 - zerosBefore + block - factor) / block))
  const weights = tf.keep(sharesMatrix(taps, factor, zerosBefore, outputs, reach))
  const blocks = columns / outputs

  return {
    apply: (signal) => tf.tidy(() => {
      const rows = signal.shape[0]!
      const shares = tf.reshape(tf.matMul(tf.reshape(signal, [rows * blocks, block]), weights), [rows, blocks, -1])
      return tf.reshape(sumOfShifted(tf.split(shares, 2 * reach + 1, 2), reach), [rows, columns])
    }),
    transpose: (dy) => tf.tidy(() => {
      const rows = dy.shape[0]!
      const neighbours = tf.concat(shiftedCopies(tf.reshape(dy, [rows, blocks, outputs]), reach), 2)
      return tf.reshape(tf.matMul(tf.reshape(neighbours, [rows * blocks, -1]), weights, false, true), [rows, columns * factor])
    }),
    dispose: () => weights.dispose(),
  }
}

/** Smallest divisor of the columns that makes a block long enough. */
function outputsOfBlock(factor: number, columns: number): number {
  let outputs = 1
  while (outputs < columns && (outputs * factor < leastOfBlock || columns % outputs !== 0)) outputs++
  return outputs
}

/** [block, outputs of the blocks from -reach to reach]: what each sample of a block gives to each of them. */
function sharesMatrix(taps: ArrayLike<number>, factor: number, zerosBefore: number, outputs: number, reach: number): tf.Tensor2D {
  const block = outputs * factor
  const width = (2 * reach + 1) * outputs
  const matrix = new Float32Array(block * width)
  for (let sample = 0; sample < block; sample++) {
    for (let output = 0; output < width; output++) {
      matrix[sample * width + output] = taps[sample - factor * (output - reach * outputs) + zerosBefore] ?? 0
    }
  }
  return tf.tensor2d(matrix, [block, width])
}

/** Shares of the blocks from -reach to reach, each [rows, blocks, outputs], moved to the block that they belong to and added. */
function sumOfShifted(shares: tf.Tensor[], reach: number): tf.Tensor {
  return shares.map((share, i) => shifted(share, i - reach)).reduce((sum, share) => tf.add(sum, share))
}

/** The transpose of `sumOfShifted`. */
function shiftedCopies(blocks: tf.Tensor, reach: number): tf.Tensor[] {
  return Array.from({ length: 2 * reach + 1 }, (_, i) => shifted(blocks, reach - i))
}

/** Blocks moved `by` places to the right, zeros moving in. */
function shifted(x: tf.Tensor, by: number): tf.Tensor {
  const blocks = x.shape[1]!
  const distance = Math.min(Math.abs(by), blocks)
  if (distance === 0) return x
  const kept = tf.slice(x, [0, by < 0 ? distance : 0, 0], [-1, blocks - distance, -1])
  return tf.pad(kept, [[0, 0], by < 0 ? [0, distance] : [distance, 0], [0, 0]])
}
