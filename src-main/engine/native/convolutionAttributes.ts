import { attribute, type OpAttribute } from './tensorflow.ts'

export interface ConvolutionOptions {
  /** [down, across] */
  strides: readonly [number, number]
  /** TensorFlow's SAME (extra zero at bottom and right) or none at all. */
  padding: 'same' | 'valid'
}

/** What TensorFlow's convolutions and their gradients want to know, depthwise ones included. */
export function convolutionAttributes([down, across]: readonly [number, number], padding: 'SAME' | 'VALID' | 'EXPLICIT'): OpAttribute[] {
  return [
    attribute.float32(),
    attribute.integers('strides', [1, down, across, 1]),
    attribute.text('padding', padding),
    attribute.text('data_format', 'NHWC'),
    attribute.integers('dilations', [1, 1, 1, 1]),
  ]
}

/** The same for convolutions over all channels, which a GPU may run by cuDNN. */
export function fullConvolutionAttributes(strides: readonly [number, number], padding: 'SAME' | 'VALID' | 'EXPLICIT'): OpAttribute[] {
  return [...convolutionAttributes(strides, padding), attribute.flag('use_cudnn_on_gpu', true)]
}
