import * as tf from '@tensorflow/tfjs-core'
import { attribute, runAction, runOp } from './tensorflow.ts'

/** Values that TensorFlow changes in place. Only with the native engine. */
export interface Variable {
  readonly shape: number[]
  /** For operations that take the variable itself. */
  readonly handle: tf.Tensor
  /** The values as they are now, in the variable's own memory: dispose it before the next change, which would copy all of it. */
  read(): tf.Tensor
  assign(value: tf.Tensor): void
  /** A copy in plain memory. */
  values(): Float32Array
  dispose(): void
}

/** @param start  the first values; stays the caller's */
export function createVariable(start: tf.Tensor): Variable {
  const shape = [...start.shape]
  const handle = createHandle(start)
  const read = (): tf.Tensor => runOp('ReadVariableOp', [attribute.float32('dtype')], handle)
  const assign = (value: tf.Tensor): void =>
    runAction('AssignVariableOp', [attribute.float32('dtype'), attribute.flag('validate_shape', false)], handle, value)
  assign(start)
  return {
    shape,
    handle,
    read,
    assign,
    values() {
      const value = read()
      const copy = Float32Array.from(value.dataSync() as Float32Array)
      value.dispose()
      return copy
    },
    dispose() {
      runAction('DestroyResourceOp', [attribute.flag('ignore_lookup_error', true)], handle)
      handle.dispose()
    },
  }
}

function createHandle(start: tf.Tensor): tf.Tensor {
  // Tensor ids are unique in the process, as the names of variables must be.
  const name = attribute.text('shared_name', `metamer-variable-${start.id}`)
  return tf.keep(runOp('VarHandleOp', [attribute.float32('dtype'), attribute.shape('shape', start.shape), attribute.text('container', ''), name]))
}
