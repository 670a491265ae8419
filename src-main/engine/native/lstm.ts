import * as tf from '@tensorflow/tfjs-core'
import { rowProduct, rowsApart } from './matMul.ts'
import { isNative } from './tensorflow.ts'

/** What one step of an LSTM keeps for its gradient: gates after their activations, the state as it was, and tanh of the state as it became. */
export interface LstmStep {
  input: tf.Tensor
  candidate: tf.Tensor
  forget: tf.Tensor
  output: tf.Tensor
  before: tf.Tensor
  squashed: tf.Tensor
}
const keptPerStep = 6

/**
 * Run an LSTM over projections of its inputs, weights frozen. It starts from zeros.
 *
 * @param projected  float32 [batch, steps, 4 * cells]: inputs times their part of the kernel, plus bias; gates in the
 *                   order input, candidate, forget, output
 * @param recurrent  float32 [cells, 4 * cells]: the part of the kernel for the outputs of the step before; must outlive the gradient
 * @returns          float32 [batch, steps, cells]; the caller disposes it
 * @gradient with respect to `projected` only, by hand: one product a step
 * @source Hochreiter & Schmidhuber 1997; order of the gates: TensorFlow's BasicLSTMCell
 */
export function lstm(projected: tf.Tensor, recurrent: tf.Tensor): tf.Tensor {
  return tf.customGrad((x, save) => {
    const steps: LstmStep[] = []
    const outputs = lstmValue(x as tf.Tensor, recurrent, steps)
    ;(save as tf.GradSaveFunc)(steps.flatMap(toKeep))
    return { value: outputs, gradFunc: (dy, kept) => tf.tidy(() => lstmGradient(dy, fromKept(kept), recurrent)) }
  })(projected)
}

/** The outputs alone, for training, which keeps no tape. @param steps  filled with what the gradient needs */
export function lstmValue(projected: tf.Tensor, recurrent: tf.Tensor, steps: LstmStep[]): tf.Tensor {
  let state: tf.Tensor | null = null
  let output: tf.Tensor | null = null
  const outputs = tf.unstack(projected, 1).map((own) => {
    const before = state ?? tf.zeros([own.shape[0]!, recurrent.shape[0]!])
    const step = tidied(() => stepOf(output ? tf.add(own, rowProduct(output, recurrent)) : own, before))
    steps.push(step)
    state = step.after
    return (output = tf.mul(step.output, step.squashed))
  })
  return tf.stack(outputs, 1)
}

/** Let go what was made on the way: kept for all steps, it would take twice as much memory as what their gradients need. */
function tidied<Tensors>(work: () => Tensors): Tensors {
  return tf.tidy(work as () => tf.TensorContainer) as Tensors
}

function stepOf(gates: tf.Tensor, before: tf.Tensor): LstmStep & { after: tf.Tensor } {
  const parts = tf.split(gates, 4, 1)
  const [input, forget, output] = [parts[0]!, parts[2]!, parts[3]!].map((gate) => tf.sigmoid(gate)) as [tf.Tensor, tf.Tensor, tf.Tensor]
  const candidate = tf.tanh(parts[1]!)
  const after = tf.add(tf.mul(forget, before), tf.mul(input, candidate))
  return { input, candidate, forget, output, before, squashed: tf.tanh(after), after }
}

/** Gradient with respect to the projections, from the last step to the first. */
export function lstmGradient(dy: tf.Tensor, steps: LstmStep[], recurrent: tf.Tensor): tf.Tensor {
  let towardsState: tf.Tensor | null = null
  let towardsOutput: tf.Tensor | null = null
  const towardsGates: tf.Tensor[] = []
  const own = tf.unstack(dy, 1)
  const back = backThrough(recurrent, dy.shape[0]!)
  for (let t = steps.length - 1; t >= 0; t--) {
    const step = steps[t]!
    const dOutput: tf.Tensor = towardsOutput ? tf.add(own[t]!, towardsOutput) : own[t]!
    const dState = tidied(() => stateGradient(dOutput, towardsState, step))
    const dGates = tidied(() => gateGradients(dOutput, dState, step))
    towardsGates.unshift(dGates)
    towardsState = tf.mul(dState, step.forget)
    if (t > 0) towardsOutput = back(dGates)
  }
  return tf.stack(towardsGates, 1)
}

/** The product by the transpose at every step. For many rows TensorFlow takes a fifth of the time where the transpose is made, once. */
function backThrough(recurrent: tf.Tensor, rows: number): (dGates: tf.Tensor) => tf.Tensor {
  if (!isNative() || rows <= rowsApart) return (dGates) => rowProduct(dGates, recurrent, true)
  const transpose = tf.transpose(recurrent)
  return (dGates) => rowProduct(dGates, transpose)
}

function stateGradient(dOutput: tf.Tensor, fromLater: tf.Tensor | null, { output, squashed }: LstmStep): tf.Tensor {
  const here = tf.mul(tf.mul(dOutput, output), tf.sub(1, tf.square(squashed)))
  return fromLater ? tf.add(here, fromLater) : here
}

function gateGradients(dOutput: tf.Tensor, dState: tf.Tensor, step: LstmStep): tf.Tensor {
  return tf.concat([
    throughSigmoid(tf.mul(dState, step.candidate), step.input),
    tf.mul(tf.mul(dState, step.input), tf.sub(1, tf.square(step.candidate))),
    throughSigmoid(tf.mul(dState, step.before), step.forget),
    throughSigmoid(tf.mul(dOutput, step.squashed), step.output),
  ], 1)
}

/** @param y  what the sigmoid gave */
function throughSigmoid(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.mul(dy, tf.mul(y, tf.sub(1, y)))
}

function toKeep({ input, candidate, forget, output, before, squashed }: LstmStep): tf.Tensor[] {
  return [input, candidate, forget, output, before, squashed]
}

function fromKept(kept: tf.Tensor[]): LstmStep[] {
  return Array.from({ length: kept.length / keptPerStep }, (_, t) => {
    const [input, candidate, forget, output, before, squashed] = kept.slice(keptPerStep * t, keptPerStep * (t + 1))
    return { input: input!, candidate: candidate!, forget: forget!, output: output!, before: before!, squashed: squashed! }
  })
}
