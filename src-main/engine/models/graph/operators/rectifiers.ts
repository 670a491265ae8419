import * as tf from '@tensorflow/tfjs-core'
import type { StageSummary } from '../../../../domain/network.ts'
import type { GraphConstant, GraphNode } from '../../../../domain/graph.ts'
import { endInRelu, endInRelu6 } from '../../rectifier.ts'
import type { EndGradient } from '../../stage.ts'
import { alike } from '../value.ts'
import { input, scalarOf, type Operator, type OperatorTable } from './shared.ts'

/** ReLU and its capped kin: those that may end a generation layer. */
export const rectifiers: OperatorTable = {
  Relu: (call) => alike(input(call, 0), endInRelu(input(call, 0).tensor, call.end)),
  Clip: clip,
}

function clip(call: Parameters<Operator>[0]): ReturnType<Operator> {
  const x = input(call, 0)
  const [low, high] = [scalarOf(call, 'min', 1, -Infinity), scalarOf(call, 'max', 2, Infinity)]
  return alike(x, clipped(x.tensor, low, high, call.end))
}

function clipped(x: tf.Tensor, low: number, high: number, end: EndGradient): tf.Tensor {
  if (x.dtype !== 'float32') return tf.minimum(tf.maximum(x, Math.max(low, -(2 ** 31))), Math.min(high, 2 ** 31 - 1))
  if (low === 0 && high === 6) return endInRelu6(x, end)
  if (low === 0 && high >= 3e38) return endInRelu(x, end)
  const y = (z: tf.Tensor) => tf.clipByValue(z, Math.max(low, -3.4e38), Math.min(high, 3.4e38))
  return low === 0 && end === 'generation' ? withIdentityGradient(x, y) : y(x)
}

/** A unit at its cap is as stuck as a silent one: see generationRelu6. */
function withIdentityGradient(x: tf.Tensor, compute: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  return tf.customGrad((z) => ({ value: compute(z as tf.Tensor), gradFunc: (dy) => tf.clone(dy) }))(x)
}

/** Which activation a node is, for the modified gradient. */
export function endOf(node: GraphNode | undefined, constants: ReadonlyMap<string, GraphConstant>): StageSummary['endsIn'] {
  if (node?.op === 'Relu') return 'relu'
  if (node?.op !== 'Clip') return 'linear'
  const bound = (name: string, index: number, otherwise: number) => Number(constants.get(node.inputs[index] ?? '')?.data[0] ?? node.attributes[name] ?? otherwise)
  if (bound('min', 1, -Infinity) !== 0) return 'linear'
  const high = bound('max', 2, Infinity)
  return high === 6 ? 'relu6' : high >= 3e38 ? 'relu' : 'clipped-relu'
}
