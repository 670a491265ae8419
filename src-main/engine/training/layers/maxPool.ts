import { maxPoolParts } from '../../native/pooling.ts'
import { plainLayer, type TrainingLayer } from './layer.ts'

/** Maximum of each window, TensorFlow's SAME padding. */
export function maxPoolLayer(name: string, size: readonly [number, number], strides: readonly [number, number]): TrainingLayer {
  return plainLayer(name, (x) => maxPoolParts(x, size, strides, 'same'))
}
