import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import type { SignalSpace } from '../../domain/network.ts'
import type { Protocol } from '../../domain/protocol.ts'
import type { Checkpoint } from '../../domain/run.ts'
import { createAdam } from '../native/adam.ts'
import { dot } from '../support/vectors.ts'
import { createLbfgs } from './lbfgs.ts'
import { signalBounds, signalShape } from './signalSpace.ts'

/** What moves the signal. Owns its tensors. */
export interface SignalOptimiser {
  /** Where loss and gradient are wanted next. Replaced by `apply`: read it anew each time, never dispose it. */
  readonly trial: tf.Tensor
  /** A copy of the signal that a run would end with now. */
  signal(): Float32Array
  /**
   * Make one update from loss and gradient at `trial`. `gradient` stays the caller's.
   *
   * @param rate  learning rate of this update
   * @returns     the matching loss to record for this update; null where the gradient is not finite: then nothing has changed
   */
  apply(loss: number, gradient: tf.Tensor, rate: number): number | null
  /** Everything needed to go on bit for bit. */
  state(): Pick<Checkpoint, 'signal' | 'm' | 'v' | 'update'>
  dispose(): void
}

export interface OptimiserSettings {
  space: SignalSpace
  protocol: Protocol
  /** The protocol's base rate, or the network's. */
  baseRate: number
  /** Value to start or to go on from. */
  initial: Float32Array
  resumeFrom: Checkpoint | null
}

/** Set up the optimiser of a protocol. */
export function createOptimiser(settings: OptimiserSettings): SignalOptimiser {
  return settings.protocol.optimiser === 'adam' ? adamOn(settings) : lbfgsOn(settings)
}

function adamOn({ space, protocol, initial, resumeFrom }: OptimiserSettings): SignalOptimiser {
  const { beta1, beta2, epsilon } = protocol
  const state = resumeFrom ? { state: resumeFrom } : {}
  const adam = createAdam({ initial, shape: signalShape(space), beta1, beta2, epsilon, bounds: signalBounds(space), ...state })
  return {
    get trial() {
      return adam.signal
    },
    signal: () => Float32Array.from(adam.signal.dataSync() as Float32Array),
    apply(loss, gradient, rate) {
      return adam.apply(gradient, rate) ? loss : null
    },
    state: adam.state,
    dispose: adam.dispose,
  }
}

/** As long as ten updates of Adam, which moves every value by the learning rate. */
const firstStepRates = 10

function lbfgsOn({ space, baseRate, initial, resumeFrom }: OptimiserSettings): SignalOptimiser {
  const shape = signalShape(space)
  if (resumeFrom) checkState(resumeFrom, initial.length)
  const lbfgs = createLbfgs({ initial, bounds: signalBounds(space), firstStep: firstStepRates * baseRate, ...(resumeFrom ? { state: resumeFrom } : {}) })
  const kept = (values: Float32Array) => tf.keep(tf.tensor(values, shape))
  let update = resumeFrom?.update ?? 0
  let trial = kept(lbfgs.trial)
  return {
    get trial() {
      return trial
    },
    signal: () => lbfgs.signal.slice(),
    apply(loss, gradient) {
      const values = gradient.dataSync() as Float32Array
      // The sum of the squares is finite only if every value is: in double precision float32 cannot overflow it.
      if (!Number.isFinite(dot(values, values))) return null
      const best = lbfgs.apply(loss, values)
      update++
      trial.dispose()
      trial = kept(lbfgs.trial)
      return best
    },
    state: () => ({ signal: lbfgs.signal.slice(), ...lbfgs.state(), update }),
    dispose: () => trial.dispose(),
  }
}

function checkState({ m, v }: Checkpoint, n: number): void {
  const evaluated = v.length > 2
  if (m.length % n === 0 && v.length === m.length + (evaluated ? 2 * n : 0) + 2) return
  throw new ShapeError(
    `The checkpoint's state of L-BFGS has ${m.length} and ${v.length} values, which do not fit a signal of ${n}. Start the run again.`,
  )
}
