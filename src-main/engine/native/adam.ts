import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { kernelThreads } from './kernels.ts'
import { attribute, runOps } from './tensorflow.ts'

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
  /**
   * Make one update. `gradient` stays the caller's; `rate` is the learning rate of this update.
   *
   * @returns false where the gradient's square is not finite throughout: then nothing has changed
   */
  apply(gradient: tf.Tensor, rate: number): boolean
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
  return kernelThreads() !== null ? createKernelAdam(settings) : createPlainAdam(settings)
}

/** In one pass over memory, with compiled kernels. */
export function createKernelAdam(settings: AdamSettings): Adam {
  const { beta1, beta2, epsilon, bounds } = settings
  const [low, high] = bounds ?? [-Infinity, Infinity]
  const fixed = Object.entries({ towards_m: 1 - beta1, towards_v: 1 - beta2, epsilon, low, high }).map(([name, value]) => attribute.float(name, value))
  const attributes = [attribute.integers('threads', kernelThreads()!), ...fixed]
  return moving(settings, ({ signal, m, v }, gradient, step) => {
    const [nextSignal, nextM, nextV, finite] = runOps('MetamerLabAdam', [...attributes, attribute.float('step', step)], 4, signal, m, v, gradient)
    return finite!.dataSync()[0] ? { signal: nextSignal!, m: nextM!, v: nextV! } : null
  })
}

export function createPlainAdam(settings: AdamSettings): Adam {
  const { beta1, beta2, epsilon, bounds } = settings
  return moving(settings, ({ signal, m, v }, gradient, step) => {
    const squared = tf.square(gradient)
    if (!tf.all(tf.isFinite(squared)).dataSync()[0]) return null
    const moment = tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1))
    const square = tf.add(v, tf.mul(tf.sub(squared, v), 1 - beta2))
    const free = tf.sub(signal, tf.div(tf.mul(moment, step), tf.add(tf.sqrt(square), epsilon)))
    return { signal: bounds ? tf.clipByValue(free, bounds[0], bounds[1]) : free, m: moment, v: square }
  })
}

/** What an update changes. */
type Moving = Record<'signal' | 'm' | 'v', tf.Tensor>

/** @param advance  gives what follows from a gradient, or null where its square is not finite; `step` is the learning rate, corrected */
function moving(settings: AdamSettings, advance: (now: Moving, gradient: tf.Tensor, step: number) => Moving | null): Adam {
  const { beta1, beta2 } = settings
  let { update, ...now } = startState(settings)

  return {
    get signal() {
      return now.signal
    },
    apply(gradient, rate) {
      const step = (rate * Math.sqrt(1 - beta2 ** (update + 1))) / (1 - beta1 ** (update + 1))
      let next = null as Moving | null
      tf.tidy(() => {
        next = advance(now, gradient, step)
        if (next) keepAll(Object.values(next))
      })
      if (!next) return false
      tf.dispose(now)
      now = next
      update++
      return true
    },
    state: () => ({ signal: valuesOf(now.signal), m: valuesOf(now.m), v: valuesOf(now.v), update }),
    dispose: () => tf.dispose(now),
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
