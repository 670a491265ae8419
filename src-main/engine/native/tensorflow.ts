import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../../domain/errors.ts'

/** One attribute of a TensorFlow operation, as the binding takes it. */
export interface OpAttribute {
  name: string
  type: number
  value: boolean | number | string | readonly number[]
}

/** What this project uses of the TensorFlow back end; its types come with a package that loads the library. */
interface TensorFlowBackend {
  binding: Record<'TF_FLOAT' | 'TF_INT32' | 'TF_BOOL' | 'TF_COMPLEX64' | 'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL' | 'TF_ATTR_FLOAT' | 'TF_ATTR_SHAPE', number>
  executeSingleOutput(name: string, attributes: readonly OpAttribute[], inputs: readonly tf.Tensor[]): tf.Tensor
  executeMultipleOutputs(name: string, attributes: readonly OpAttribute[], inputs: readonly tf.Tensor[], outputs: number): tf.Tensor[]
}

/** Whether TensorFlow's own operations can be called. */
export function isNative(): boolean {
  return tf.getBackend() === 'tensorflow'
}

/**
 * Run one TensorFlow operation that gives one tensor.
 * Not recorded for differentiation: call it inside a customGrad.
 *
 * @returns the result; a surrounding tidy or the caller disposes it
 */
export function runOp(name: string, attributes: readonly OpAttribute[], ...inputs: tf.Tensor[]): tf.Tensor {
  return backend().executeSingleOutput(name, attributes, inputs)
}

/** Run one TensorFlow operation that gives nothing but changes a variable. */
export function runAction(name: string, attributes: readonly OpAttribute[], ...inputs: tf.Tensor[]): void {
  backend().executeMultipleOutputs(name, attributes, inputs, 0)
}

/** Run one TensorFlow operation that gives several tensors. Not recorded for differentiation. */
export function runOps(name: string, attributes: readonly OpAttribute[], outputs: number, ...inputs: tf.Tensor[]): tf.Tensor[] {
  return backend().executeMultipleOutputs(name, attributes, inputs, outputs)
}

/** Attribute makers, named for the kind of value. */
export const attribute = {
  float32: (name = 'T') => ofType(name, 'TF_FLOAT'),
  int32Type: (name: string) => ofType(name, 'TF_INT32'),
  complex64: (name = 'Tcomplex') => ofType(name, 'TF_COMPLEX64'),
  integers: (name: string, value: number | readonly number[]): OpAttribute => ({ name, type: backend().binding.TF_ATTR_INT, value }),
  float: (name: string, value: number): OpAttribute => ({ name, type: backend().binding.TF_ATTR_FLOAT, value }),
  text: (name: string, value: string): OpAttribute => ({ name, type: backend().binding.TF_ATTR_STRING, value }),
  flag: (name: string, value: boolean): OpAttribute => ({ name, type: backend().binding.TF_ATTR_BOOL, value }),
  shape: (name: string, value: readonly number[]): OpAttribute => ({ name, type: backend().binding.TF_ATTR_SHAPE, value }),
}

/** A whole number for each name. */
export function integerAttributes(values: Record<string, number>): OpAttribute[] {
  return Object.entries(values).map(([name, value]) => attribute.integers(name, value))
}

function ofType(name: string, type: 'TF_FLOAT' | 'TF_INT32' | 'TF_COMPLEX64'): OpAttribute {
  const { binding } = backend()
  return { name, type: binding.TF_ATTR_TYPE, value: binding[type] }
}

function backend(): TensorFlowBackend {
  if (!isNative()) {
    throw new EngineError(
      `This needs the native TensorFlow engine, but "${tf.getBackend()}" is running. Run "npm run setup" to build the native engine, or use the plain twin.`,
    )
  }
  return tf.backend() as unknown as TensorFlowBackend
}
