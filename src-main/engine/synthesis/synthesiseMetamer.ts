import * as tf from '@tensorflow/tfjs-core'
import { requireLayerBehind, spaceOf } from '../../domain/cochleagramSpace.ts'
import { NumericalError, ProtocolError, ShapeError } from '../../domain/errors.ts'
import type { SignalSpace } from '../../domain/network.ts'
import { learningRateAt, type Protocol } from '../../domain/protocol.ts'
import type { Checkpoint } from '../../domain/run.ts'
import { stageIndex, type Model } from '../models/model.ts'
import { cochleagramOf } from './cochleagramOf.ts'
import { createJoinedTargets, evaluateTogether, matchingLosses, type Evaluation, type Question } from './evaluation.ts'
import { initialSignal } from './initialSignal.ts'
import { createOptimiser } from './signalOptimiser.ts'
import { checkSignalLength, signalShape } from './signalSpace.ts'
import { targetActivations } from './targetActivations.ts'

export interface SynthesisSettings {
  model: Model
  /** The generation layer. */
  layer: string
  protocol: Protocol
  /** The variable that the reference stimulus gives: [height x width x 3] in [0, 1], or [samples]. */
  reference: Float32Array
  /** Where the reference lies, when it is no stimulus but a cochleagram; absent: in the network's input. */
  referenceSpace?: SignalSpace
  seed: number
  /** State to go on from; null starts from noise. */
  resumeFrom: Checkpoint | null
}

/** One metamer in the making. Who calls `step`, or `stepTogether` for several, decides when to stop, to show and to store. */
export interface Synthesis {
  /** Updates made so far. */
  readonly update: number
  /**
   * Make one update.
   *
   * @returns the matching loss before it; of L-BFGS, the lowest so far
   * @throws NumericalError at the first loss or gradient that is not finite; the signal stays as it was
   * @throws ProtocolError when the protocol's updates are all made
   */
  step(): number
  /** What `step` asks of the network. @throws ProtocolError when the protocol's updates are all made */
  readonly question: Question
  /** Make one update from the answer to `question`; together they are `step`. Inside the caller's tidy. */
  take(evaluation: Evaluation): number
  /** A copy of the signal as it is now. */
  signal(): Float32Array
  /** Everything needed to go on bit for bit. */
  checkpoint(): Omit<Checkpoint, 'seconds'>
  /** Matching loss of the signal as it is now, without an update. */
  currentLoss(): number
  dispose(): void
}

/**
 * Start, or go on with, the synthesis of a metamer: an optimiser (Adam, in the paper) moves a signal until its activations at the
 * generation layer match those of the reference stimulus. The protocol says whether that is what the network takes, or its
 * cochleagram. Equal settings and a checkpoint give the same bits as a run
 * that never stopped, on one machine, as long as each is evaluated alone.
 *
 * @returns the synthesis; the caller disposes it, not the model
 * @throws ProtocolError when the network has no such layer, or no cochleagram to move
 * @throws ShapeError when reference or checkpoint do not fit the network
 * @source Feather et al. 2019, section 3.1; authors' 2019 code, metamer_helpers.run_optimization
 */
export function createSynthesis(settings: SynthesisSettings): Synthesis {
  const { model, layer, protocol } = settings
  checkSettings(settings)
  const space = spaceOf(model.summary, protocol)
  const baseRate = protocol.learningRate ?? model.summary.baseLearningRate
  const losses: number[] = Array.from(settings.resumeFrom?.losses ?? [])
  const initial = settings.resumeFrom?.signal ?? startingPoint(settings, space)
  const optimiser = createOptimiser({ space, protocol, baseRate, initial, resumeFrom: settings.resumeFrom })
  const target = targetOf(settings)
  const joinedTargets = createJoinedTargets()
  const match = { model, layer, target, reluGradient: protocol.reluGradient, lossNormalisation: protocol.lossNormalisation }

  const synthesis: Synthesis = {
    get update() {
      return losses.length
    },
    get question() {
      if (losses.length >= protocol.updates) throw allUpdatesMade(protocol)
      return { ...match, joinedTargets, signal: optimiser.trial }
    },
    take({ loss: before, gradient }) {
      if (!Number.isFinite(before)) throw notFinite('matching loss', { loss: before, update: losses.length, layer })
      const loss = optimiser.apply(before, gradient, learningRateAt(protocol, baseRate, losses.length))
      // A loss may be finite where its gradient is not, and the signal would be lost.
      if (loss === null) throw notFinite('gradient', { loss: before, update: losses.length, layer })
      losses.push(loss)
      return loss
    },
    step: () => tf.tidy(() => synthesis.take(evaluateTogether([synthesis.question])[0]!)),
    signal: optimiser.signal,
    checkpoint: () => ({ ...optimiser.state(), losses: Float32Array.from(losses) }),
    currentLoss: () => tf.tidy(() => valueOf(matchingLosses(match, tf.tensor(optimiser.signal(), signalShape(space))))),
    dispose() {
      optimiser.dispose()
      joinedTargets.dispose()
      target.dispose()
    },
  }
  return synthesis
}

function checkSettings({ model, layer, protocol, reference, referenceSpace, resumeFrom }: SynthesisSettings): void {
  stageIndex(model.summary, layer)
  requireLayerBehind(protocol, layer)
  const space = spaceOf(model.summary, protocol)
  checkSignalLength('reference stimulus', reference, referenceSpace ?? model.summary.input)
  if (!resumeFrom) return
  checkSignalLength("checkpoint's signal", resumeFrom.signal, space)
  if (resumeFrom.losses.length === resumeFrom.update) return
  throw new ShapeError(
    `The checkpoint tells of ${resumeFrom.update} updates but holds ${resumeFrom.losses.length} losses; it should hold one for each. Start the run again.`,
  )
}

function targetOf({ model, layer, reference, referenceSpace }: SynthesisSettings): tf.Tensor {
  return tf.tidy(() => targetActivations(model, layer, tf.tensor(reference, signalShape(referenceSpace ?? model.summary.input))))
}

/** Noise of the seed; of a cochleagram, the one that this noise has. */
function startingPoint({ model, protocol, seed }: SynthesisSettings, space: SignalSpace): Float32Array {
  const noise = initialSignal(model.summary.input, protocol, seed)
  return space.kind === 'cochleagram' ? cochleagramOf(model, noise) : noise
}

function notFinite(what: 'matching loss' | 'gradient', { loss, update, layer }: { loss: number; update: number; layer: string }): NumericalError {
  return new NumericalError(
    `The ${what} at layer "${layer}" is not finite at update ${update}. The signal after ${update} updates, all of it finite, is kept. Lower the learning rate, or check the network's weights.`,
    { details: { update, layer, loss } },
  )
}

function allUpdatesMade(protocol: Protocol): ProtocolError {
  return new ProtocolError(
    `All ${protocol.updates} updates of protocol "${protocol.name}" are made. Choose a protocol with more updates to go on.`,
  )
}

function valueOf(scalar: tf.Tensor): number {
  return scalar.dataSync()[0]!
}
