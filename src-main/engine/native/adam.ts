import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { attribute, isNative, runAction } from './tensorflow.ts'
import { createVariable, type Variable } from './variable.ts'

export interface AdamSettings {
  /** Value to start or to go on from, row-major. */
  initial: Float32Array
  shape: number[]
  beta1: number
  beta2: number
  epsilon: number
  /** The signal is clipped to these after every update; null: free. */
  bounds: readonly [number, number] | null
  /** Moments and number of updates already made, to go on from; absent: none made. */
  state?: { m: Float32Array; v: Float32Array; update: number }
}

export interface AdamState {
  signal: Float32Array
  m: Float32Array
  v: Float32Array
  /** Updates made so far. */
  update: number
}

/** Adam on one signal. Owns its tensors. */
export interface Adam {
  /** The signal as it is now. Replaced by `apply`: read it anew each time, never dispose it. */
  readonly signal: tf.Tensor
  /** Make one update. `gradient` stays the caller's; `rate` is the learning rate of this update. */
  apply(gradient: tf.Tensor, rate: number): void
  /** Everything needed to go on bit for bit. */
  state(): AdamState
  dispose(): void
}

/**
 * Set up Adam as TensorFlow 1 has it: epsilon is added to the root of the uncorrected second moment,
 * and the bias correction is part of the step. x -= rate*sqrt(1-b2^k)/(1-b1^k) * m/(sqrt(v)+eps), then clip.
 *
 * @throws ShapeError when the values do not fill the shape
 * @source Kingma & Ba 2015, end of section 2; TensorFlow's ResourceApplyAdam
 */
export function createAdam(settings: AdamSettings): Adam {
  return isNative() ? createNativeAdam(settings) : createPlainAdam(settings)
}

export function createNativeAdam(settings: AdamSettings): Adam {
  const { beta1, beta2, epsilon, bounds } = settings
  const start = startState(settings)
  const shape = start.signal.shape
  let signal = start.signal
  let update = start.update
  const [x, m, v] = [signal, start.m, start.v].map((value) => createVariable(value)) as [Variable, Variable, Variable]
  tf.dispose([start.m, start.v])
  const factors = keepAll([beta1, beta2, epsilon].map((value) => tf.scalar(value)))
  const attributes = [attribute.float32(), attribute.flag('use_locking', false), attribute.flag('use_nesterov', false)]

  return {
    get signal() {
      return signal
    },
    apply(gradient, rate) {
      update++
      const next = tf.tidy(() => {
        const powers = [tf.scalar(beta1 ** update), tf.scalar(beta2 ** update), tf.scalar(rate)]
        runAction('ResourceApplyAdam', attributes, x.handle, m.handle, v.handle, ...powers, ...factors, gradient)
        if (bounds) x.assign(tf.clipByValue(x.read(), bounds[0], bounds[1]))
        return tf.keep(tf.reshape(x.read(), shape))
      })
      tf.dispose(signal)
      signal = next
    },
    state: () => ({ signal: valuesOf(signal), m: m.values(), v: v.values(), update }),
    dispose() {
      for (const variable of [x, m, v]) variable.dispose()
      tf.dispose([signal, ...factors])
    },
  }
}

export function createPlainAdam(settings: AdamSettings): Adam {
  const { beta1, beta2, epsilon, bounds } = settings
  let { signal, m, v, update } = startState(settings)

  return {
    get signal() {
      return signal
    },
    apply(gradient, rate) {
      update++
      const step = (rate * Math.sqrt(1 - beta2 ** update)) / (1 - beta1 ** update)
      const next = keepAll(tf.tidy(() => {
        const moment = tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1))
        const square = tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), 1 - beta2))
        const free = tf.sub(signal, tf.div(tf.mul(moment, step), tf.add(tf.sqrt(square), epsilon)))
        return [bounds ? tf.clipByValue(free, bounds[0], bounds[1]) : free, moment, square]
      }))
      tf.dispose([signal, m, v])
      ;[signal, m, v] = next as [tf.Tensor, tf.Tensor, tf.Tensor]
    },
    state: () => ({ signal: valuesOf(signal), m: valuesOf(m), v: valuesOf(v), update }),
    dispose: () => tf.dispose([signal, m, v]),
  }
}

function startState({ initial, shape, state }: AdamSettings): { signal: tf.Tensor; m: tf.Tensor; v: tf.Tensor; update: number } {
  const size = shape.reduce((a, b) => a * b, 1)
  for (const [name, values] of Object.entries({ signal: initial, ...(state ? { m: state.m, v: state.v } : {}) })) {
    if (values.length === size) continue
    throw new ShapeError(
      `Adam's ${name} has ${values.length} values; shape [${shape.join(', ')}] needs ${size}. Start from a signal of the network's input size, or from a checkpoint of the same run.`,
    )
  }
  const [signal, m, v] = keepAll([
    tf.tensor(initial.slice(), shape, 'float32'),
    state ? tf.tensor(state.m.slice(), shape, 'float32') : tf.zeros(shape),
    state ? tf.tensor(state.v.slice(), shape, 'float32') : tf.zeros(shape),
  ]) as [tf.Tensor, tf.Tensor, tf.Tensor]
  return { signal, m, v, update: state?.update ?? 0 }
}

function valuesOf(x: tf.Tensor): Float32Array {
  return Float32Array.from(x.dataSync() as Float32Array)
}

function keepAll(tensors: tf.Tensor[]): tf.Tensor[] {
  return tensors.map((t) => tf.keep(t))
}
