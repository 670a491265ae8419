import * as tf from '@tensorflow/tfjs-core'
import { EngineError, ModelFileError, NumericalError } from '../../domain/errors.ts'
import type { HeadName } from '../../domain/trainingPlan.ts'
import { rateAt, type Schedule } from '../../domain/trainingSchedule.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import { isNative } from '../native/tensorflow.ts'
import type { NamedVariable, Pass } from './layers/layer.ts'
import { sigmoidLoss, softmaxLoss, type LossAndGradient } from './losses.ts'
import { createOptimiser, type OptimiserSettings } from './optimiser.ts'
import { forwardPass, type ForwardPass } from './pass.ts'
import type { TrainingNetwork } from './trainingNetwork.ts'

/** Some examples with what is right for them. */
export interface TrainingBatch {
  /** Examples. */
  size: number
  /** What a front end gave for sounds, or frozen stages for pictures: [size, ...shape of one]. */
  inputs: Float32Array
  /** For the head of words, or of the labels of pictures: class of each example. */
  words: readonly number[] | null
  /** For the head of sounds: 0 or 1, [size, labels]. */
  sounds: Float32Array | null
}

export interface TrainerSettings {
  optimiser: OptimiserSettings
  /** Learning rate before the schedule. */
  rate: number
  schedule: Schedule
  /** Of each head's loss in the sum. @source later code of the authors: word 1, AudioSet 300 */
  lossWeights: Record<HeadName, number>
  /** Of dropout. The first weights and the order of examples have their own. */
  seed: number
}

/** Everything a training goes on from, bit for bit on one machine and thread count: what is random follows from seed and step. */
export interface TrainerState {
  /** Updates made. */
  step: number
  /** Weights, running statistics and the optimiser's memory, by name. */
  arrays: NamedArrays
}

export interface StepResult {
  /** Weighted sum over the heads, mean over the examples, before the update. */
  loss: number
  rate: number
}

/** Owns its network's tensors. Native engine only. */
export interface Trainer {
  /** Updates made. */
  readonly step: number
  /**
   * Make one update on all the batches together: several small ones where one large one would not fit the memory. Batch norms see
   * one batch at a time.
   *
   * @throws NumericalError when the loss is not finite, naming the layer where it began; what is trained is as before, the batch norms'
   * running statistics have seen the batch
   */
  update(batches: readonly TrainingBatch[]): StepResult
  /**
   * Loss and logits of each head, computed as the finished network would.
   *
   * @throws NumericalError when the loss is not finite, naming the layer where it began
   */
  evaluate(batch: TrainingBatch): { loss: number; logits: Partial<Record<HeadName, Float32Array>> }
  /** @throws NumericalError when a value is not finite */
  state(): TrainerState
  /** What a finished network's weight file holds. @throws NumericalError when a value is not finite */
  weights(): NamedArrays
  dispose(): void
}

/**
 * Set up the training of a network, from its present weights or from a state.
 *
 * @param shape  of one input
 * @throws EngineError without native TensorFlow; ModelFileError when the state belongs to another network or optimiser
 */
export function createTrainer(network: TrainingNetwork, settings: TrainerSettings, shape: readonly number[], resumeFrom: TrainerState | null = null): Trainer {
  if (!isNative()) throw new EngineError('Training needs the native TensorFlow engine. Run "npm run setup" to build it.')
  const layers = [...network.trunk, ...network.heads.map(({ layer }) => layer)]
  const trained = layers.flatMap((layer) => layer.trained)
  const kept = layers.flatMap((layer) => [...layer.trained, ...layer.statistics])
  const optimiser = createOptimiser(settings.optimiser, trained)
  const remembered = [...kept, ...optimiser.slots]
  let step = resumeFrom?.step ?? 0
  if (resumeFrom) restore(remembered, resumeFrom.arrays)

  const passOf = (mode: Pass['mode'], part: number): Pass => ({ mode, seed: [(settings.seed ^ Math.imul(part, 0x85ebca6b)) & 0x7fffffff, step] })
  const forward = (batch: TrainingBatch, pass: Pass): ForwardPass =>
    forwardPass(network, tf.tensor(batch.inputs, [batch.size, ...shape]), pass)

  function gradientsOf(batch: TrainingBatch, part: number, share: number): BatchGradients {
    let loss = NaN
    const gradients = tf.tidy(() => {
      const pass = forward(batch, passOf('train', part))
      const losses = headLosses(pass, batch, settings.lossWeights)
      loss = share * sumOf(losses)
      if (!Number.isFinite(loss)) throw notFinite(forward(batch, { ...passOf('train', part), keepOutputs: true }), loss)
      return pass.backward(losses.map(({ gradient }) => (share === 1 ? gradient : tf.mul(gradient, share))))
    })
    return { loss, gradients }
  }

  return {
    get step() {
      return step
    },
    update(batches) {
      const examples = batches.reduce((sum, { size }) => sum + size, 0)
      const rate = rateAt(settings.rate, settings.schedule, step)
      const { loss, gradients } = sumOver(batches, (batch, part) => gradientsOf(batch, part, batch.size / examples))
      optimiser.apply(gradients, rate, step)
      tf.dispose(gradients)
      step++
      return { loss, rate }
    },
    evaluate(batch) {
      const result = { loss: NaN, logits: {} as Partial<Record<HeadName, Float32Array>> }
      tf.tidy(() => {
        const pass = forward(batch, passOf('evaluate', 0))
        result.loss = sumOf(headLosses(pass, batch, settings.lossWeights))
        if (!Number.isFinite(result.loss)) throw notFinite(forward(batch, { ...passOf('evaluate', 0), keepOutputs: true }), result.loss)
        for (const { head, y } of pass.heads) result.logits[head] = Float32Array.from(y.dataSync() as Float32Array)
      })
      return result
    },
    state: () => ({ step, arrays: valuesOf(remembered) }),
    weights: () => valuesOf(kept),
    dispose() {
      optimiser.dispose()
      network.dispose()
    },
  }
}

interface BatchGradients {
  loss: number
  gradients: tf.Tensor[]
}

/** Gradients of one batch after another, added up. Where one fails, those before it are let go. */
function sumOver(batches: readonly TrainingBatch[], gradientsOf: (batch: TrainingBatch, part: number) => BatchGradients): BatchGradients {
  let sum: BatchGradients = { loss: 0, gradients: [] }
  try {
    for (const [part, batch] of batches.entries()) sum = addUp(sum, gradientsOf(batch, part))
    return sum
  } catch (error) {
    tf.dispose(sum.gradients)
    throw error
  }
}

function addUp(sum: BatchGradients, next: BatchGradients): BatchGradients {
  if (sum.gradients.length === 0) return next
  const gradients = sum.gradients.map((gradient, i) => tf.add(gradient, next.gradients[i]!))
  tf.dispose([...sum.gradients, ...next.gradients])
  return { loss: sum.loss + next.loss, gradients }
}

function headLosses(pass: ForwardPass, batch: TrainingBatch, weights: TrainerSettings['lossWeights']): LossAndGradient[] {
  return pass.heads.map(({ head, y }) => {
    const { loss, gradient } = head === 'word' ? softmaxLoss(y, batch.words!) : sigmoidLoss(y, tf.tensor(batch.sounds!, y.shape))
    return { loss: tf.mul(loss, weights[head]), gradient: tf.mul(gradient, weights[head]) }
  })
}

function sumOf(losses: LossAndGradient[]): number {
  return losses.reduce((sum, { loss }) => sum + (loss.dataSync() as Float32Array)[0]!, 0)
}

function notFinite(pass: ForwardPass, loss: number): NumericalError {
  const where = pass.outputs.find(({ y }) => !isFinite(y))?.name
  const place = where ? `The first values that are not finite came out of "${where}"` : 'Every layer gave finite values, so the loss itself overflowed'
  return new NumericalError(`the loss became ${loss}. ${place}. Lower the learning rate, or look at the examples of this batch.`, { details: { layer: where ?? 'loss' } })
}

function isFinite(y: tf.Tensor): boolean {
  return tf.all(tf.isFinite(y)).dataSync()[0] === 1
}

function valuesOf(variables: readonly NamedVariable[]): NamedArrays {
  return new Map(variables.map(({ name, variable }) => {
    const data = variable.values()
    if (data.every(Number.isFinite)) return [name, { shape: [...variable.shape], data }]
    throw new NumericalError(`"${name}" holds values that are not finite, so this state was not kept. Lower the learning rate.`, { details: { layer: name } })
  }))
}

function restore(variables: readonly NamedVariable[], arrays: NamedArrays): void {
  for (const { name, variable } of variables) {
    const array = arrays.get(name)
    if (!array || array.shape.join() !== variable.shape.join()) {
      throw new ModelFileError(`The checkpoint does not hold "${name}" with the shape [${variable.shape.join(', ')}]. It belongs to another network or optimiser: start the training anew.`)
    }
    const value = tf.tensor(array.data, array.shape)
    variable.assign(value)
    value.dispose()
  }
}
