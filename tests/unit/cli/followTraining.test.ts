import { expect, it } from 'vitest'
import { followTraining } from '../../../src-main/cli/followTraining.ts'
import type { Lab } from '../../../src-main/cli/lab.ts'
import type { TrainingProgress, TrainingResult } from '../../../src-main/domain/training.ts'
import type { TrainingPlan } from '../../../src-main/domain/trainingPlan.ts'
import { fakeIo } from '../../helpers/fakeIo.ts'
import { pictureTrainingPlan, trainingPlan } from '../../helpers/trainingPlan.ts'

const constant = { kind: 'constant' as const }
const best = { step: 6, loss: 1, wordAccuracy: 0.5, topFive: 1, meanAuc: null, aucByLabel: null }
const result: TrainingResult = {
  stop: 'all steps made', steps: 6, seconds: 60, best, tests: [], folder: '/n/toy', weightsHash: 'a', datasetHash: 'b', notices: [],
  rates: [{ from: 0, rate: 0.01, schedule: constant }, { from: 4, rate: 0.001, schedule: constant }],
}
const progress: TrainingProgress = { trainingId: 1, step: 3, steps: 6, epoch: 0, loss: 2, rate: 0.01, examplesPerSecond: 5, remainingS: 9, waitShare: 0.03, frozenShare: 0, memoryMb: 900, phase: 'training' }

/** A program with one training, which is over when the test says so. */
async function follow(plan: TrainingPlan, tests: TrainingResult['tests'] = []) {
  let state = 'running'
  const listeners = new Map<string, (told: unknown) => void>()
  const io = fakeIo({ errIsTerminal: true, columns: () => 200 })
  const client = {
    call: async () => [{ id: 1, state, plan, validations: [], result: { ...result, tests } }],
    on: (event: string, listener: (told: unknown) => void) => (listeners.set(event, listener), () => listeners.delete(event)),
  }
  const outcome = followTraining({ client, io } as unknown as Lab, 1, { project: 'p', json: false })
  await new Promise((resolve) => setImmediate(resolve))
  const tell = (event: string, told: unknown): void => listeners.get(event)!(told)
  const end = (): Promise<number> => {
    state = 'finished'
    tell('changed', { what: 'trainings', ids: [1] })
    return outcome
  }
  return { io, tell, end }
}

it('shows the share of waiting, and of frozen stages where there are some, and at last every rate', async () => {
  const words = await follow(trainingPlan())
  words.tell('trainingProgress', progress)
  expect(words.io.written.err).toContain('training 1  3/6  5.0 examples/s  0:09 left  training, epoch 1, loss 2, waits 3 %, 900 MB')
  expect(await words.end()).toBe(0)
  expect(words.io.written.out).toContain('It learned with rate 0.01 (constant) up to update 4, 0.001 (constant) from then on.\n')
  const pictures = await follow(pictureTrainingPlan())
  pictures.tell('trainingProgress', { ...progress, phase: 'testing', frozenShare: 0.62 })
  expect(pictures.io.written.err).toContain('testing, epoch 1, loss 2, waits 3 %, frozen stages 62 %, 900 MB')
  await pictures.end()
})

it('leaves out an area that is not defined, as of clean clips', async () => {
  const test = { ...best, split: 'test' as const, clips: 4, loss: 1.5 }
  const both = await follow(trainingPlan({ heads: ['word', 'sounds'] }), [{ ...test, snrDb: null, meanAuc: NaN }, { ...test, snrDb: 0, meanAuc: 0.9 }])
  await both.end()
  expect(both.io.written.out).toMatch(/clean +4 clips +loss 1.5, words 50.0 %, among the best five 100.0 %\n.*0 dB +4 clips .*, mean AUC 0.900\n/)
})
