import * as tf from '@tensorflow/tfjs-core'
import { createVariable, type Variable } from '../native/variable.ts'
import type { StartValues } from './trainingNetwork.ts'

/** Makes the variables of a network in training, which are freed together. */
export interface VariableMaker {
  (name: string, shape: number[]): Variable
  dispose(): void
}

export function variableMaker(start: StartValues): VariableMaker {
  const made: Variable[] = []
  const make = (name: string, shape: number[]): Variable => {
    const value = tf.tensor(start(name, shape), shape)
    const variable = createVariable(value)
    value.dispose()
    made.push(variable)
    return variable
  }
  return Object.assign(make, { dispose: () => made.forEach((variable) => variable.dispose()) })
}
