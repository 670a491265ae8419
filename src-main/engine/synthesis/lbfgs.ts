import { quasiNewton } from '../native/quasiNewton.ts'
import { dot } from '../support/vectors.ts'

/** Pairs of steps and changes of the gradient that the direction is made of. @source Nocedal & Wright 2006, section 7.2: 3 to 20 */
const memory = 10
/** Share of the promised decrease that a step must bring. @source Nocedal & Wright 2006, equation 3.4 */
const sufficientDecrease = 1e-4
/** Steps shorter than this share of the direction are beyond float32: the memory misleads, and is dropped. */
const shortest = 2 ** -12

export interface LbfgsSettings {
  /** Value to start or to go on from. */
  initial: Float32Array
  /** Kept to after every step; null: free. */
  bounds: readonly [number, number] | null
  /** Root mean square of the first step, in the signal's unit. */
  firstStep: number
  /** What `state` gave, to go on from; absent: nothing evaluated yet. */
  state?: { m: Float32Array; v: Float32Array }
}

/** Limited-memory BFGS on one signal, one evaluation at a time. */
export interface Lbfgs {
  /** The best signal so far. */
  readonly signal: Float32Array
  /** Where loss and gradient are to be computed next. */
  readonly trial: Float32Array
  /**
   * Take loss and gradient at `trial`: it becomes the signal when the loss fell enough, and is moved nearer to the signal otherwise.
   * The gradient is copied where it is kept.
   *
   * @returns the loss of the best signal so far
   */
  apply(loss: number, gradient: Float32Array): number
  /** All that is remembered, to go on bit for bit: steps in `m`; changes of the gradient, gradient, direction, step length and loss in `v`. */
  state(): { m: Float32Array; v: Float32Array }
}

/**
 * Set up L-BFGS with a backtracking line search, projected on the bounds: values that the gradient presses against
 * a bound are left out of the direction. Sums are in double precision, in order, so that equal runs give equal bits.
 *
 * @source Nocedal & Wright 2006, algorithms 3.1 and 7.4; projection as in Bertsekas 1982
 */
export function createLbfgs(settings: LbfgsSettings): Lbfgs {
  const { bounds, firstStep } = settings
  let signal: Float32Array = settings.initial.slice()
  let { steps, changes, gradient, direction, length, loss } = unpacked(settings)
  let trial = gradient.length ? moved(signal, direction, length, bounds) : signal.slice()

  function accept(newLoss: number, newGradient: Float32Array, step: Float32Array): void {
    if (gradient.length) remember(step, difference(newGradient, gradient))
    signal = trial
    gradient = newGradient.slice()
    loss = newLoss
    aim()
  }

  function remember(step: Float32Array, change: Float32Array): void {
    // Only pairs of positive curvature keep the direction one of descent.
    if (dot(step, change) <= 1e-10 * dot(change, change)) return
    steps = [...steps, step].slice(-memory)
    changes = [...changes, change].slice(-memory)
  }

  function aim(): void {
    const slope = freeGradient(signal, gradient, bounds)
    direction = downhill(steps.length ? quasiNewton(slope, steps, changes) : withRms(slope, firstStep), slope)
    length = 1
    // What bounds have changed since may turn the remembered curvature against the gradient.
    if (steps.length && dot(direction, slope) >= 0) forget()
  }

  function shorten(newLoss: number, promised: number): void {
    // Where the parabola through both losses and the promised slope is lowest; a tenth to a half of the step.
    const lowest = -promised / (2 * (newLoss - loss - promised))
    length = Math.fround(length * Math.min(0.5, Math.max(0.1, lowest)))
    if (length >= shortest) return
    forget()
    length = 2 ** -6
  }

  function forget(): void {
    steps = []
    changes = []
    aim()
  }

  return {
    get signal() {
      return signal
    },
    get trial() {
      return trial
    },
    apply(newLoss, newGradient) {
      const step = difference(trial, signal)
      const promised = gradient.length ? dot(gradient, step) : 0
      if (gradient.length === 0 || newLoss <= loss + sufficientDecrease * promised) accept(newLoss, newGradient, step)
      else shorten(newLoss, promised)
      trial = moved(signal, direction, length, bounds)
      return loss
    },
    state: () => ({ m: joined(steps), v: joined([...changes, gradient, direction, Float32Array.of(length, loss)]) }),
  }
}

/** Zero where a step against the gradient would leave the bounds. */
function freeGradient(signal: Float32Array, gradient: Float32Array, bounds: LbfgsSettings['bounds']): Float32Array {
  if (!bounds) return gradient.slice()
  const [low, high] = bounds
  const free = gradient.slice()
  for (let i = 0; i < free.length; i++) if ((signal[i]! <= low && free[i]! > 0) || (signal[i]! >= high && free[i]! < 0)) free[i] = 0
  return free
}

/** The other way, and nowhere where the slope is zero. */
function downhill(uphill: Float32Array, slope: Float32Array): Float32Array {
  const direction = new Float32Array(uphill.length)
  for (let i = 0; i < direction.length; i++) direction[i] = slope[i] === 0 ? 0 : -uphill[i]!
  return direction
}

function moved(signal: Float32Array, direction: Float32Array, length: number, bounds: LbfgsSettings['bounds']): Float32Array {
  const [low, high] = bounds ?? [-Infinity, Infinity]
  const there = new Float32Array(signal.length)
  for (let i = 0; i < there.length; i++) there[i] = Math.min(high, Math.max(low, signal[i]! + length * direction[i]!))
  return there
}

function withRms(values: Float32Array, rms: number): Float32Array {
  const now = Math.sqrt(dot(values, values) / values.length)
  return now > 0 ? values.map((value) => (value * rms) / now) : values
}

interface Remembered {
  steps: Float32Array[]
  changes: Float32Array[]
  /** Empty before the first evaluation. */
  gradient: Float32Array
  direction: Float32Array
  /** Share of the direction that the trial lies ahead. */
  length: number
  loss: number
}

function unpacked({ initial, state }: LbfgsSettings): Remembered {
  const n = initial.length
  const { m, v } = state ?? { m: new Float32Array(), v: new Float32Array(2) }
  const pairs = m.length / n
  const part = (from: Float32Array, i: number) => from.slice(i * n, (i + 1) * n)
  const evaluated = v.length > 2
  return {
    steps: Array.from({ length: pairs }, (_, i) => part(m, i)),
    changes: Array.from({ length: pairs }, (_, i) => part(v, i)),
    gradient: evaluated ? part(v, pairs) : new Float32Array(),
    direction: evaluated ? part(v, pairs + 1) : new Float32Array(),
    length: v.at(-2)!,
    loss: v.at(-1)!,
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  const result = new Float32Array(a.length)
  for (let i = 0; i < result.length; i++) result[i] = a[i]! - b[i]!
  return result
}
