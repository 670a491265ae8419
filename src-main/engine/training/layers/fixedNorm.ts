import { batchNormLayer, type BatchNormVariables } from './batchNorm.ts'
import type { TrainingLayer } from './layer.ts'

/** A batch norm whose scale and offset learn while its statistics stay what they are, in training as in the finished network. */
export function fixedNormLayer(name: string, variables: BatchNormVariables, epsilon: number): TrainingLayer {
  const norm = batchNormLayer(name, variables, { epsilon, momentum: 1, sums: 'rows' })
  return { ...norm, forward: (x, pass) => norm.forward(x, { ...pass, mode: 'evaluate' }) }
}
