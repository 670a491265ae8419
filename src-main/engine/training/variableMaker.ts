import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../../domain/errors.ts'
import { createVariable, type Variable } from '../native/variable.ts'
import type { StartValues } from './trainingNetwork.ts'

/** Makes the variables of a network in training, which are freed together. */
export interface VariableMaker {
  /** @throws EngineError when there is no memory for its values */
  (name: string, shape: number[]): Variable
  dispose(): void
}

export function variableMaker(start: StartValues): VariableMaker {
  const made: Variable[] = []
  const make = (name: string, shape: number[]): Variable => {
    const value = tf.tensor(orTooLarge(name, shape, () => start(name, shape)), shape)
    const variable = createVariable(value)
    value.dispose()
    made.push(variable)
    return variable
  }
  return Object.assign(make, { dispose: () => made.forEach((variable) => variable.dispose()) })
}

/** An array that is too long for memory is a RangeError, which says nothing of what it was for. */
function orTooLarge<T>(name: string, shape: readonly number[], allocate: () => T): T {
  try {
    return allocate()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const gigabytes = Math.round((4 * shape.reduce((a, b) => a * b, 1)) / 1e9)
    throw new EngineError(`"${name}" would have ${shape.join(' × ')} values, ${gigabytes} GB: more than there is memory for. Make the network narrower.`, { cause })
  }
}
