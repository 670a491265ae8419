import * as tf from '@tensorflow/tfjs-core'
import { inOrder, logical, type Value } from '../value.ts'
import { has, input, mistake, numberOf, tensorInput, textOf, type Call, type OperatorTable } from './shared.ts'

/** Step by step, so long sounds make long work. */
export const recurrent: OperatorTable = { LSTM: lstm, GRU: gru }

interface Cell {
  /** State after one step; the first tensor is what the step gives. */
  step(x: tf.Tensor, state: tf.Tensor[]): tf.Tensor[]
  start: tf.Tensor[]
}

/** Inputs: x [time, batch, features], W, R, B, lengths, states; gates in the order input, output, forget, cell. */
function lstm(call: Call): Value[] {
  if (has(call, 7)) throw mistake(call, 'has peepholes, which cannot be computed')
  return run(call, 2, (direction) => {
    const { weights, recurrence, bias, start } = partsOf(call, direction, 2)
    return {
      start,
      step(x, [h, c]) {
        const [i, o, f, g] = tf.split(tf.add(tf.add(tf.matMul(x, weights), tf.matMul(h!, recurrence)), bias), 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
        const cell = tf.add(tf.mul(tf.sigmoid(f), c!), tf.mul(tf.sigmoid(i), tf.tanh(g)))
        return [tf.mul(tf.sigmoid(o), tf.tanh(cell)), cell]
      },
    }
  })
}

/** Gates in the order update, reset, hidden. */
function gru(call: Call): Value[] {
  const linearBefore = numberOf(call, 'linear_before_reset', 0) === 1
  return run(call, 1, (direction) => {
    const { weights, recurrence, inputBias, stateBias, start } = partsOf(call, direction, 1)
    const hidden = recurrence.shape[0]!
    const [both, own] = [tf.slice(recurrence, [0, 0], [hidden, 2 * hidden]), tf.slice(recurrence, [0, 2 * hidden], [hidden, hidden])]
    const [bothBias, ownBias] = [tf.slice(stateBias, 0, 2 * hidden), tf.slice(stateBias, 2 * hidden, hidden)]
    return {
      start,
      step(x, [h]) {
        const [xz, xr, xh] = tf.split(tf.add(tf.matMul(x, weights), inputBias), 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor]
        const [hz, hr] = tf.split(tf.add(tf.matMul(h!, both), bothBias), 2, 1) as [tf.Tensor, tf.Tensor]
        const [update, reset] = [tf.sigmoid(tf.add(xz, hz)), tf.sigmoid(tf.add(xr, hr))]
        const before = linearBefore ? tf.mul(reset, tf.add(tf.matMul(h!, own), ownBias)) : tf.add(tf.matMul(tf.mul(reset, h!), own), ownBias)
        const fresh = tf.tanh(tf.add(xh, before))
        return [tf.add(tf.mul(tf.sub(1, update), fresh), tf.mul(update, h!))]
      },
    }
  })
}

function partsOf(call: Call, direction: number, states: number) {
  const of = (index: number) => tf.squeeze(tf.slice(tensorInput(call, index), [direction], [1]), [0])
  const [weights, recurrence] = [tf.transpose(of(1)), tf.transpose(of(2))]
  const [gates, hidden] = [weights.shape[1]!, recurrence.shape[0]!]
  const bias = has(call, 3) ? of(3) : tf.zeros([2 * gates])
  const [inputBias, stateBias] = [tf.slice(bias, 0, gates), tf.slice(bias, gates, gates)]
  const batch = input(call, 0).shape[1]!
  const start = Array.from({ length: states }, (_, i) => (has(call, 5 + i) ? of(5 + i) : tf.zeros([batch, hidden])))
  return { weights, recurrence, inputBias, stateBias, bias: tf.add(inputBias, stateBias), start }
}

function run(call: Call, states: number, cellOf: (direction: number) => Cell): Value[] {
  check(call)
  const steps = stepsOf(inOrder(input(call, 0)))
  const way = textOf(call, 'direction', 'forward')
  const backwards = way === 'forward' ? [false] : way === 'reverse' ? [true] : [false, true]
  const results = backwards.map((back, direction) => runOneWay(cellOf(direction), back ? steps.toReversed() : steps, back))
  const sequence = tf.stack(results.map(({ given }) => tf.stack(given, 0)), 1)
  const last = Array.from({ length: states }, (_, i) => tf.stack(results.map(({ state }) => state[i]!), 0))
  return [sequence, ...last].map(logical)
}

/** tf.unstack has no gradient of a single step. */
function stepsOf(x: tf.Tensor): tf.Tensor[] {
  return Array.from({ length: x.shape[0]! }, (_, i) => tf.squeeze(tf.slice(x, [i], [1]), [0]))
}

function runOneWay(cell: Cell, steps: tf.Tensor[], back: boolean): { given: tf.Tensor[]; state: tf.Tensor[] } {
  let state = cell.start
  const given = steps.map((x) => (state = cell.step(x, state))[0]!)
  return { given: back ? given.reverse() : given, state }
}

function check(call: Call): void {
  const { attributes } = call.node
  const usual = Array.isArray(attributes['activations']) ? !attributes['activations'].some((name) => !['Sigmoid', 'Tanh'].includes(String(name))) : true
  if (usual && !attributes['clip'] && !attributes['layout'] && !attributes['input_forget'] && !has(call, 4)) return
  throw mistake(call, 'has activations, clipping, an order of axes or sequence lengths of its own, which cannot be computed')
}
