import { expect, it } from 'vitest'
import { NumericalError } from '../../../../src-main/domain/errors.ts'
import type { TrainingProgress, Validation } from '../../../../src-main/domain/training.ts'
import type { Trainer } from '../../../../src-main/engine/training/trainNetwork.ts'
import type { Feed, PreparedBatch } from '../../../../src-main/worker/training/feed.ts'
import { runTraining, type TrainingLoop } from '../../../../src-main/worker/training/runTraining.ts'
import { trainingPlan } from '../../../helpers/trainingPlan.ts'

/** A trainer that counts, on a clock that goes on by one millisecond at each look. */
function loopOf(changes: Partial<TrainingLoop> = {}, failAt = Infinity, from = 0) {
  let step = from
  let ms = 0
  const told: TrainingProgress[] = []
  const kept: number[] = []
  const prepared: PreparedBatch[] = []
  const ahead: number[] = []
  const trainer = {
    get step() {
      return step
    },
    update() {
      if (step === failAt) throw new NumericalError('the loss became NaN. The first values that are not finite came out of "conv_1".', { details: { layer: 'conv_1' } })
      step++
      return { loss: 1 / step, rate: 0.1 }
    },
  } as unknown as Trainer
  const feed = {
    spent: { waitS: 0, frozenS: 0 },
    prepare(orders) {
      prepared.push({ orders, missing: [], made: Promise.resolve([]) })
      return prepared.at(-1)!
    },
    take: async ({ orders }) => (ahead.push(prepared.length - ahead.length), { size: orders.length, inputs: new Float32Array(), words: [], sounds: null }),
  } as Feed
  const validations: Validation[] = []
  const loop: TrainingLoop = {
    plan: trainingPlan({ steps: 6, validateEvery: 2 }), trainingId: 1, trainer, feed, clips: 12, validations, lossBefore: NaN, checkpointEveryS: 1000, now: () => ms++,
    stopped: () => false, afterStep: () => undefined, keep: () => void kept.push(step), tell: (progress) => void told.push(progress),
    validate: async () => ({ step, loss: 1, wordAccuracy: step / 10, topFive: 1, meanAuc: null, aucByLabel: null }),
    ...changes,
  }
  return { loop, told, kept, prepared, ahead, validations }
}

it('makes all steps, validates every so often, and keeps the state after each validation', async () => {
  const { loop, kept, validations, told } = loopOf()
  expect(await runTraining(loop)).toBe('all steps made')
  expect(validations.map(({ step }) => step)).toEqual([2, 4, 6])
  expect(kept).toEqual([2, 4, 6])
  expect(told.at(-1)).toMatchObject({ step: 6, steps: 6, phase: 'validating' })
})

it('stops at the target', async () => {
  const { loop } = loopOf({ plan: trainingPlan({ steps: 6, validateEvery: 2, target: { wordAccuracy: 0.4 } }) })
  expect(await runTraining(loop)).toBe('target reached')
  expect(loop.trainer.step).toBe(4)
  expect(await runTraining(loop), 'asked again').toBe('target reached')
  expect(loop.trainer.step).toBe(4)
})

it('keeps the state when it is stopped', async () => {
  let looks = 0
  const { loop, kept } = loopOf({ stopped: () => ++looks > 3 })
  expect(await runTraining(loop)).toBeNull()
  expect(kept.at(-1)).toBe(3)
})

it('names batch and layer of a loss that is not finite, and keeps nothing of it', async () => {
  const { loop, kept } = loopOf({}, 4)
  await expect(runTraining(loop)).rejects.toThrow('Training stopped at batch 5 (epoch 2): the loss became NaN. The first values that are not finite came out of "conv_1". The last finite checkpoint is kept, of update 4: a training of this name with a lower rate, all else equal, goes on from there; under another name it begins anew.')
  expect(kept).toEqual([2, 4])
})

it('speaks of a checkpoint only where there is one: its own, or the one that it began from', async () => {
  await expect(runTraining(loopOf({}, 1).loop)).rejects.toThrow(/came out of "conv_1"\. No checkpoint was kept before it\.$/)
  await expect(runTraining(loopOf({}, 3, 3).loop)).rejects.toThrow(/The last finite checkpoint is kept, of update 3:/)
})

it('keeps and counts nothing of a validation that is not finite, whatever the target', async () => {
  const fails = async (): Promise<Validation> => {
    throw new NumericalError('the loss became NaN. The first values that are not finite came out of "conv_0".', { details: { layer: 'conv_0' } })
  }
  const { loop, kept, validations } = loopOf({ plan: trainingPlan({ steps: 6, validateEvery: 2, target: { wordAccuracy: 0 } }), validate: fails })
  await expect(runTraining(loop)).rejects.toThrow('Training stopped at the validation after 2 updates (epoch 1): the loss became NaN. The first values that are not finite came out of "conv_0". No checkpoint was kept before it.')
  expect([kept, validations]).toEqual([[], []])
})

it('names the batch after which weights are not finite', async () => {
  const keep = (): void => {
    throw new NumericalError('"conv_0.kernel" holds values that are not finite, so this state was not kept. Lower the learning rate.')
  }
  await expect(runTraining(loopOf({ keep }).loop)).rejects.toThrow(/^Training stopped after batch 2 \(epoch 1\): "conv_0.kernel" holds values that are not finite, so this state was not kept/)
})

it('takes a target for reached only at the update that was validated', async () => {
  const { loop, validations } = loopOf({ plan: trainingPlan({ steps: 9, validateEvery: 4, target: { wordAccuracy: 0.4 } }) }, Infinity, 5)
  // Interrupted one update after it was validated, then given a lower target.
  validations.push({ step: 4, loss: 1, wordAccuracy: 0.4, topFive: 1, meanAuc: null, aucByLabel: null })
  expect(await runTraining(loop)).toBe('target reached')
  expect(validations.map(({ step }) => step)).toEqual([4, 8])
})

it('validates what it ends with, also where fewer updates are wanted than were made', async () => {
  const { loop, validations, kept } = loopOf({}, Infinity, 7)
  expect(await runTraining(loop)).toBe('all steps made')
  expect([loop.trainer.step, validations.map(({ step }) => step), kept]).toEqual([7, [7], [7]])
})

it.each([[1, 5], [3, 5], [8, 9]])('with %i batches in an update has no more than %i on the way at once, that which is taken among them', async (accumulate, most) => {
  const { loop, ahead, prepared } = loopOf({ plan: trainingPlan({ steps: 6, validateEvery: 2, accumulate }) })
  await runTraining(loop)
  expect([Math.max(...ahead), ahead.length, prepared.length]).toEqual([most, 6 * accumulate, 6 * accumulate])
})

it('asks for the same examples after it was resumed as it would have', async () => {
  const whole = loopOf()
  await runTraining(whole.loop)
  const rest = loopOf({}, Infinity, 3)
  await runTraining(rest.loop)
  expect(rest.prepared.map(({ orders }) => orders)).toEqual(whole.prepared.slice(3).map(({ orders }) => orders))
})
