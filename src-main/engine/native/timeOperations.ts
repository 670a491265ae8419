import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../../domain/errors.ts'
import { isNative } from './tensorflow.ts'

/** Calls of one operation that gave tensors of one shape. */
export interface TimedOperation {
  operation: string
  shape: number[]
  calls: number
  ms: number
}

type ExecuteOp = (name: string, attributes: unknown, inputs: unknown, outputs: number) => Array<{ shape?: number[] }>

/**
 * Do some work and take the time of every TensorFlow operation in it. On a CPU an operation has ended when its call returns;
 * on a GPU it may only have been handed over, and the time shows where something waits for it.
 *
 * @param clock  milliseconds; only differences count
 * @returns by operation and shape, the dearest first
 * @throws EngineError when TensorFlow is not the engine
 */
export function timeOperations(work: () => void, clock: () => number): TimedOperation[] {
  if (!isNative()) throw new EngineError('Only native TensorFlow can be profiled, and it is not running here. Run "npm run setup" to build it.')
  const backend = tf.backend() as unknown as { binding: { executeOp: ExecuteOp } }
  const plain = backend.binding
  const times = new Map<string, TimedOperation>()
  backend.binding = Object.create(plain, { executeOp: { value: timed(plain.executeOp, times, clock) } }) as typeof plain
  try {
    work()
  } finally {
    backend.binding = plain
  }
  return [...times.values()].sort((a, b) => b.ms - a.ms)
}

function timed(execute: ExecuteOp, times: Map<string, TimedOperation>, clock: () => number): ExecuteOp {
  return (operation, ...rest) => {
    const start = clock()
    const outputs = execute(operation, ...rest)
    const ms = clock() - start
    const shape = outputs[0]?.shape ?? []
    const key = `${operation} ${shape.join()}`
    const known = times.get(key) ?? { operation, shape, calls: 0, ms: 0 }
    times.set(key, { ...known, calls: known.calls + 1, ms: known.ms + ms })
    return outputs
  }
}
