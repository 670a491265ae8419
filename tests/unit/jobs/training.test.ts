import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { MediaError, NumericalError } from '../../../src-main/domain/errors.ts'
import type { TrainingResult, Validation } from '../../../src-main/domain/training.ts'
import type { Examination } from '../../../src-main/domain/trainingRecords.ts'
import { examineTraining, trainingJobId } from '../../../src-main/jobs/kinds/training.ts'
import { queueOver } from '../../helpers/jobTools.ts'
import { pictureTrainingPlan, trainingPlan } from '../../helpers/trainingPlan.ts'

const validation: Validation = { step: 3, loss: 1, wordAccuracy: 0.5, topFive: 1, meanAuc: null, aucByLabel: null }
const result: TrainingResult = { stop: 'all steps made', steps: 6, seconds: 1, best: validation, tests: [], folder: '/n', weightsHash: 'a', datasetHash: 'b', notices: [] }

const examination: Examination = { split: 'test', words: [], sounds: [], answers: [], kernels: { shape: [0], data: new Float32Array() } }

/** A queue whose compute process trains in one go, or as the test says. */
function trainingQueue(changes: Parameters<typeof queueOver>[1] = {}) {
  const over = queueOver(undefined, changes)
  over.fake.answers.checkTrainingData = () => ({ words: [], sounds: [], splits: [], backgrounds: {}, hash: '' })
  over.fake.answers.examineTraining = () => examination
  over.fake.answers.train = ({ trainingId }, life) => {
    life.tell({ type: 'trainingKept', trainingId, step: 3, validations: [validation], losses: Float32Array.of(3, 2, 1) })
    return result
  }
  return { ...over, trainings: over.project.trainings }
}

it('records a training, hands it to the compute process, and stores what comes back', async () => {
  let changed = 0
  const { queue, trainings, fake } = trainingQueue({ networksChanged: () => void changed++ })
  const id = await queue.trainings.plan(trainingPlan())
  await queue.idle()
  expect(trainings.summary(id)).toMatchObject({ state: 'finished', result, validations: [validation], stepsDone: 6 })
  expect(fake.received.find(({ name }) => name === 'train')!.params).toMatchObject({ trainingId: trainingJobId(id), plan: trainingPlan() })
  expect(changed).toBe(1)
  expect(trainings.detail(id)).toEqual({ lossCurve: { update: Float64Array.of(0, 1, 2), loss: Float64Array.of(3, 2, 1) }, examination })
})

it('leaves a training finished whose network could not be examined, and says why', async () => {
  const problems: unknown[] = []
  const { queue, trainings, fake } = trainingQueue({ onProblem: (error) => void problems.push(error) })
  fake.answers.examineTraining = () => {
    throw new MediaError('There is no file "a.wav".')
  }
  const id = await queue.trainings.plan(trainingPlan())
  await queue.idle()
  expect(trainings.summary(id).state).toBe('finished')
  expect(problems).toEqual([expect.objectContaining({ message: 'There is no file "a.wav".' })])
})

it('has the compute process read the weights of the network that a fine-tuning begins with', async () => {
  const { queue, fake } = trainingQueue()
  await queue.trainings.plan(pictureTrainingPlan({ base: 'toy-picture' }))
  await queue.idle()
  const names = fake.received.map(({ name }) => name)
  expect(names.indexOf('loadWeights')).toBeGreaterThan(-1)
  expect(names.indexOf('loadWeights')).toBeLessThan(names.indexOf('train'))
  expect(fake.received.find(({ name }) => name === 'loadWeights')!.params).toMatchObject({ network: 'toy-picture' })
})

it('examines a network of pictures with its base at hand, and none that is not finished', async () => {
  const { queue, trainings, fake, tools } = trainingQueue()
  const id = await queue.trainings.plan(pictureTrainingPlan({ base: 'toy-picture' }))
  await queue.idle()
  expect(trainings.detail(id)).toEqual({ lossCurve: { update: Float64Array.of(0, 1, 2), loss: Float64Array.of(3, 2, 1) }, examination })
  expect(fake.received.map(({ name }) => name).filter((name) => ['loadWeights', 'train', 'examineTraining'].includes(name))).toEqual(['loadWeights', 'train', 'examineTraining'])
  const waiting = trainings.plan(trainingPlan(), '2026-01-01')
  await expect(examineTraining(waiting, tools)).rejects.toThrow(`Training ${waiting} is not finished; there is no network to examine yet.`)
})

it('records nothing where the data do not fit', async () => {
  const { queue, trainings, fake } = trainingQueue()
  fake.answers.checkTrainingData = () => {
    throw new MediaError('There is no file "a.wav".')
  }
  await expect(queue.trainings.plan(trainingPlan())).rejects.toThrow('There is no file "a.wav".')
  expect(trainings.list()).toEqual([])
})

it('says why a training failed, and goes on with the next', async () => {
  const { queue, trainings, fake } = trainingQueue()
  const good = fake.answers.train!
  fake.answers.train = (params, life) => {
    if (params.plan.name === 'bad') throw new NumericalError('Training stopped at batch 7 (epoch 1): the loss became NaN.')
    return good(params, life)
  }
  const [bad, other] = [await queue.trainings.plan(trainingPlan({ name: 'bad' })), await queue.trainings.plan(trainingPlan())]
  await queue.idle()
  expect(trainings.summary(bad)).toMatchObject({ state: 'failed', message: 'Training stopped at batch 7 (epoch 1): the loss became NaN.' })
  expect(trainings.summary(other).state).toBe('finished')
})

it('pauses a training at work and resumes it', async () => {
  const { queue, trainings, fake } = trainingQueue()
  const good = fake.answers.train!
  const started = new Promise<void>((begun) => {
    fake.answers.train = async ({ trainingId }, life) => {
      begun()
      while (!life.stopped.has(trainingId)) await setImmediate()
      return null
    }
  })
  const id = await queue.trainings.plan(trainingPlan())
  await started
  queue.trainings.pause(id)
  await queue.idle()
  expect(trainings.summary(id).state).toBe('paused')
  expect(() => queue.trainings.pause(id)).toThrow(`Training ${id} is paused; there is nothing to pause.`)
  fake.answers.train = good
  queue.trainings.resume(id)
  await queue.idle()
  expect(trainings.summary(id).state).toBe('finished')
  expect(() => queue.trainings.resume(id)).toThrow(`Training ${id} is finished; there is nothing to resume.`)
})

it('calls a training interrupted when the compute process dies', async () => {
  const { queue, trainings, fake } = trainingQueue()
  fake.answers.train = () => {
    fake.crash()
    return result
  }
  const id = await queue.trainings.plan(trainingPlan())
  await queue.idle()
  expect(trainings.summary(id)).toMatchObject({ state: 'interrupted', message: 'The compute process stopped (signal SIGKILL). Resume the training to go on from its last checkpoint.' })
})
