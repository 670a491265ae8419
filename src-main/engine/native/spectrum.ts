import * as tf from '@tensorflow/tfjs-core'
import { attribute, runOp } from './tensorflow.ts'

/**
 * TensorFlow's Fourier transforms along the last axis and what goes with them. Complex tensors are complex64.
 * Nothing here is differentiable: call it inside a customGrad that knows the adjoint. The caller disposes results.
 */

/** Half spectrum of real signals: [..., length] to [..., length / 2 + 1]. */
export function realToSpectrum(x: tf.Tensor, length: number): tf.Tensor {
  return runOp('RFFT', [attribute.float32('Treal'), attribute.complex64('Tcomplex')], x, tf.tensor1d([length], 'int32'))
}

/** Inverse of realToSpectrum, divided by the length. */
export function spectrumToReal(spectrum: tf.Tensor, length: number): tf.Tensor {
  return runOp('IRFFT', [attribute.float32('Treal'), attribute.complex64('Tcomplex')], spectrum, tf.tensor1d([length], 'int32'))
}

export function fft(z: tf.Tensor): tf.Tensor {
  return runOp('FFT', [attribute.complex64('Tcomplex')], z)
}

/** Inverse of fft, divided by the length. */
export function ifft(spectrum: tf.Tensor): tf.Tensor {
  return runOp('IFFT', [attribute.complex64('Tcomplex')], spectrum)
}

export function complexAbs(z: tf.Tensor): tf.Tensor {
  return runOp('ComplexAbs', [attribute.complex64('T'), attribute.float32('Tout')], z)
}

/** Real numbers as complex ones. */
export function toComplex(real: tf.Tensor): tf.Tensor {
  return runOp('Cast', [attribute.float32('SrcT'), attribute.complex64('DstT'), attribute.flag('Truncate', false)], real)
}

export function complexMul(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return runOp('Mul', [attribute.complex64('T')], a, b)
}

/** Pick entries of the flat complex tensor: [n] and int32 [m] to [m]. */
export function gather(values: tf.Tensor, indices: tf.Tensor): tf.Tensor {
  const attributes = [attribute.complex64('Tparams'), attribute.int32Type('Tindices'), attribute.int32Type('Taxis'), attribute.integers('batch_dims', 0)]
  return runOp('GatherV2', attributes, values, indices, tf.scalar(0, 'int32'))
}

/** Put complex values [m] at places int32 [m] of a flat tensor of zeros. */
export function scatter(values: tf.Tensor, places: tf.Tensor, length: number): tf.Tensor {
  const attributes = [attribute.complex64('T'), attribute.int32Type('Tindices')]
  return runOp('ScatterNd', attributes, tf.reshape(places, [-1, 1]), values, tf.tensor1d([length], 'int32'))
}

/** Add up complex values [m] that share a segment number, int32 [m]: [segments]. */
export function sumBySegment(values: tf.Tensor, segment: tf.Tensor, segments: number): tf.Tensor {
  const attributes = [attribute.complex64('T'), attribute.int32Type('Tindices'), attribute.int32Type('Tnumsegments')]
  return runOp('UnsortedSegmentSum', attributes, values, segment, tf.scalar(segments, 'int32'))
}

/** a / b, and 0 where b is 0: one operation where tfjs' own divNoNan takes four. */
export function divideOrZero(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return runOp('DivNoNan', [attribute.float32()], a, b)
}
