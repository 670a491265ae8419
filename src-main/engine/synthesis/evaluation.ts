import * as tf from '@tensorflow/tfjs-core'
import type { Protocol } from '../../domain/protocol.ts'
import { activationsAt, type Model } from '../models/model.ts'
import { matchingLoss } from './matchingLoss.ts'

/** Of what a loss is taken. */
export interface Match extends Pick<Protocol, 'reluGradient' | 'lossNormalisation'> {
  model: Model
  /** The generation layer. */
  layer: string
  /** Activations to match there, [1, ...]. */
  target: tf.Tensor
}

/** Where a synthesis wants loss and gradient next. The tensors stay the synthesis' own. */
export interface Question extends Match {
  /** [1, ...] */
  signal: tf.Tensor
  /** The synthesis' own, kept from one of its questions to the next. */
  joinedTargets: JoinedTargets
}

export interface Evaluation {
  loss: number
  /** Of the loss with respect to the signal, in its shape. */
  gradient: tf.Tensor
}

/** Can two questions be answered by one evaluation of the network? */
export function shareEvaluation(a: Question, b: Question): boolean {
  return (
    a.model === b.model && !a.model.summary.oneAtATime && a.layer === b.layer && a.reluGradient === b.reluGradient &&
    a.lossNormalisation === b.lossNormalisation && tf.util.arraysEqual(a.signal.shape, b.signal.shape)
  )
}

/**
 * Compute loss and gradient of several signals by one evaluation of the network, as a batch. Weights are frozen and batch norms use stored
 * statistics, so that no signal reaches the loss of another: the gradient of the sum holds each one's own, and a value that is not
 * finite stays with its signal.
 *
 * @param questions  at least one, any two of which share an evaluation; of one alone the arithmetic is that of no batch
 * @returns in the same order; a surrounding tidy disposes the gradients
 */
export function evaluateTogether(questions: readonly Question[]): Evaluation[] {
  const match = { ...questions[0]!, target: questions[0]!.joinedTargets.of(questions.map((q) => q.target)) }
  const { value, grad } = tf.valueAndGrad((signals: tf.Tensor) => matchingLosses(match, signals))(joined(questions.map((q) => q.signal)))
  const gradients = questions.length === 1 ? [grad] : tf.split(grad, questions.length)
  const losses = value.dataSync()
  return gradients.map((gradient, i) => ({ loss: losses[i]!, gradient }))
}

/**
 * The targets of several syntheses as one batch. They never change and are as large as the activations, so they are joined once, as long as the
 * same ask together.
 */
export interface JoinedTargets {
  /** @param targets  [1, ...] each @returns [batch, ...], not to be disposed; of one alone, itself */
  of(targets: readonly tf.Tensor[]): tf.Tensor
  dispose(): void
}

export function createJoinedTargets(): JoinedTargets {
  let held: { targets: readonly tf.Tensor[]; batch: tf.Tensor } | null = null

  function dispose(): void {
    held?.batch.dispose()
    held = null
  }

  return {
    of(targets) {
      if (held && held.targets.length === targets.length && held.targets.every((target, i) => target === targets[i])) return held.batch
      dispose()
      if (targets.length === 1) return targets[0]!
      held = { targets, batch: tf.keep(joined(targets)) }
      return held.batch
    },
    dispose,
  }
}

/** @param signals  [batch, ...]; `target` has the same batch @returns [batch] */
export function matchingLosses({ model, layer, reluGradient, lossNormalisation, target }: Match, signals: tf.Tensor): tf.Tensor1D {
  const end = reluGradient === 'modified' ? 'generation' : 'ordinary'
  return matchingLoss(activationsAt(model, layer, signals, end), target, lossNormalisation)
}

function joined(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tensors.length === 1 ? tensors[0]! : tf.concat([...tensors])
}
