import path from 'node:path'
import { expect, it } from 'vitest'
import { openProject } from '../../../src-main/project/openProject.ts'
import type { TrainingResult, Validation } from '../../../src-main/domain/training.ts'
import type { Examination } from '../../../src-main/domain/trainingRecords.ts'
import { at, environment } from '../../helpers/sampleRuns.ts'
import { temporaryFolder, temporaryProject } from '../../helpers/temporaryProject.ts'
import { trainingPlan } from '../../helpers/trainingPlan.ts'

const validation = (step: number): Validation => ({ step, loss: 1.5, wordAccuracy: 0.5, topFive: 1, meanAuc: NaN, aucByLabel: [0.75, NaN] })
const losses = Float32Array.of(2, NaN, 1)
const result: TrainingResult = {
  stop: 'target reached', steps: 6, seconds: 3.5, best: validation(6), tests: [{ split: 'test', snrDb: null, clips: 4, ...validation(6) }],
  folder: '/networks/toy-words', weightsHash: 'a'.repeat(64), datasetHash: 'b'.repeat(64), notices: [],
}

it('keeps plan, progress, validations and result of a training, NaN among its figures', () => {
  const { trainings, changes } = temporaryProject()
  const told: number[][] = []
  changes.subscribe(({ what, ids }) => what === 'trainings' && told.push(ids))
  const id = trainings.plan(trainingPlan(), at)
  expect(trainings.summary(id)).toEqual({ id, state: 'planned', plan: trainingPlan(), stepsDone: 0, validations: [], result: null, environment: null, message: null, createdAt: at, finishedAt: null })
  trainings.mark(id, 'running', null)
  trainings.note(id, 3, [validation(3)], losses)
  trainings.note(id, 6, [validation(3), validation(6)], losses)
  expect(trainings.summary(id)).toMatchObject({ state: 'running', stepsDone: 6, validations: [validation(3), validation(6)] })
  trainings.complete(id, result, environment, at)
  expect(trainings.list()).toEqual([{ ...trainings.summary(id), state: 'finished', result, environment, finishedAt: at }])
  expect(told).toEqual([[id], [id], [id], [id], [id]])
})

it('opens with a training that would not be planned today', () => {
  const { trainings } = temporaryProject()
  const plan = trainingPlan({}, { words: ['one', 'two', 'one'] })
  expect(trainings.summary(trainings.plan(plan, at)).plan).toEqual(plan)
})

it('forgets validations that a resumed training makes anew', () => {
  const { trainings } = temporaryProject()
  const id = trainings.plan(trainingPlan(), at)
  trainings.note(id, 6, [validation(3), validation(6)], losses)
  trainings.note(id, 4, [validation(3)], losses)
  expect(trainings.summary(id)).toMatchObject({ stepsDone: 4, validations: [validation(3)] })
})

it('leaves a finished training as it is, and knows no other', () => {
  const { trainings } = temporaryProject()
  const id = trainings.plan(trainingPlan(), at)
  trainings.complete(id, result, environment, at)
  expect(() => trainings.mark(id, 'cancelled', null)).toThrow(`Training ${id} is finished; its result stays as it is.`)
  expect(() => trainings.summary(7)).toThrow('There is no training 7 in this project.')
})

it('finds what a dead process left behind: at work is interrupted, waiting is paused', () => {
  const file = path.join(temporaryFolder(), 'study.metamer')
  const first = temporaryProject(file)
  const [running, waiting] = [first.trainings.plan(trainingPlan(), at), first.trainings.plan(trainingPlan({ name: 'other' }), at)]
  first.trainings.mark(running, 'running', null)
  first.close()
  const again = openProject(file)
  expect(again.trainings.summary(running)).toMatchObject({ state: 'interrupted', message: expect.stringContaining('Resume it to go on from its last checkpoint.') })
  expect(again.trainings.summary(waiting)).toMatchObject({ state: 'paused' })
  again.close()
})

const examination: Examination = {
  split: 'test', words: ['one', 'two'], sounds: [], answers: [{ file: 'd/a.wav', right: 0, said: 1, probability: NaN }],
  kernels: { shape: [1, 2, 1, 1], data: Float32Array.of(0.5, -0) },
}

it('keeps the losses of a training thinned to 2,000 points, the first and the last among them', () => {
  const { trainings } = temporaryProject()
  const id = trainings.plan(trainingPlan(), at)
  expect(trainings.detail(id)).toEqual({ lossCurve: null, examination: null })
  trainings.note(id, 3, [], losses)
  expect(trainings.detail(id).lossCurve).toEqual({ update: Float64Array.of(0, 1, 2), loss: Float64Array.of(2, NaN, 1) })
  trainings.note(id, 9999, [], Float32Array.from({ length: 9999 }, (_, i) => i))
  const { update, loss } = trainings.detail(id).lossCurve!
  expect([update.length, update[0], update.at(-1), loss.at(-1)]).toEqual([2000, 0, 9998, 9998])
})

it('keeps the last examination of a finished training, and none of another', () => {
  const { trainings } = temporaryProject()
  const id = trainings.plan(trainingPlan(), at)
  expect(() => trainings.examined(id, examination)).toThrow(`Training ${id} is not finished; there is no network to examine yet.`)
  trainings.complete(id, result, environment, at)
  trainings.examined(id, { ...examination, words: ['earlier'] })
  trainings.examined(id, examination)
  expect(trainings.detail(id).examination).toEqual(examination)
})
