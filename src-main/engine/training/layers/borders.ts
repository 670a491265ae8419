import * as tf from '@tensorflow/tfjs-core'
import { avgPoolGradient, avgPoolValue, maxPoolParts } from '../../native/pooling.ts'
import { plainLayer, type TrainingLayer } from './layer.ts'

/** Zeros on all four sides of the places: a padding that is symmetric, and that counts. */
export function zerosLayer(name: string, width: number): TrainingLayer {
  return plainLayer(name, (x) => ({
    y: tf.pad(x, [[0, 0], [width, width], [width, width], [0, 0]]),
    reads: 'neither',
    gradient: (dy) => tf.slice(dy, [0, width, width, 0], x.shape),
  }))
}

/** Maximum of each window that lies within the places. */
export function validMaxPoolLayer(name: string, size: readonly [number, number], strides: readonly [number, number]): TrainingLayer {
  return plainLayer(name, (x) => maxPoolParts(x, size, strides, 'valid'))
}

/** Average of each window that lies within the places. */
export function validAveragePoolLayer(name: string, size: readonly [number, number], strides: readonly [number, number]): TrainingLayer {
  return plainLayer(name, (x) => ({
    y: avgPoolValue(x, size, strides, 'valid'),
    reads: 'neither',
    gradient: (dy) => avgPoolGradient(dy, x.shape, size, strides, 'valid'),
  }))
}
