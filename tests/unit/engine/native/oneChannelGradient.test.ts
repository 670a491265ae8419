import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { conv2dNative, conv2dPlain } from '../../../../src-main/engine/native/convolution.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

describe('oneChannelGradient', () => {
  beforeAll(async () => void (await loadBackend()))

  it.for([[7, 14], [4, 8], [3, 5], [1, 1]] as const)('agrees with the plain gradient for a %i x %i filter', (window, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    tf.tidy(() => {
      const x = tf.randomUniform([2, 17, 23, 1], -1, 1, 'float32', 1)
      const filter = tf.randomUniform([...window, 1, 6], -1, 1, 'float32', 2)
      const options = { strides: [1, 1], padding: 'same' } as const
      const native = valueAndGradient((z) => conv2dNative(z, filter, options), x)
      const plain = valueAndGradient((z) => conv2dPlain(z, filter, options), x)
      expect(relativeL2(native.gradient, plain.gradient)).toBeLessThan(1e-6)
    })
  })
})
