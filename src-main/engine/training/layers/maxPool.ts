import { maxPoolParts } from '../../native/pooling.ts'
import { plainLayer, type TrainingLayer } from './layer.ts'

/** Maximum of each window, TensorFlow's SAME padding unless another is given. */
export function maxPoolLayer(name: string, size: readonly [number, number], strides: readonly [number, number], padding: 'same' | 'valid' = 'same'): TrainingLayer {
  return plainLayer(name, (x) => maxPoolParts(x, size, strides, padding))
}
