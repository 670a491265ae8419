import { describe, expect, it } from 'vitest'
import type { TrainingProgress, TrainingSummary } from '../../../../src-main/domain/training.ts'
import type { TrainingPlan } from '../../../../src-main/domain/trainingPlan.ts'
import type { DataSurvey, TrainingDetail } from '../../../../src-main/domain/trainingRecords.ts'
import type { Results } from '../../../../src-main/rpc/contract/methods.ts'
import { useTrainingData } from '../../../../src-renderer/stores/trainingData.ts'
import { useTrainingDetails } from '../../../../src-renderer/stores/trainingDetails.ts'
import { useTrainingDraft } from '../../../../src-renderer/stores/trainingDraft.ts'
import { useTrainingProgress } from '../../../../src-renderer/stores/trainingProgress.ts'
import { useTrainings } from '../../../../src-renderer/stores/trainings.ts'
import { trainingPlan } from '../../../helpers/trainingPlan.ts'
import { settle, withStores } from './withStores.ts'

const training = (id: number, state: TrainingSummary['state'] = 'running'): TrainingSummary => ({
  id, state, plan: trainingPlan({ name: `n${id}` }), stepsDone: 0, validations: [], result: null, environment: null, message: null, createdAt: '', finishedAt: null,
})
const report = (step: number, loss: number): TrainingProgress => ({
  trainingId: 1, step, steps: 6, epoch: 0, loss, rate: 0.1, examplesPerSecond: 1, remainingS: 1, waitShare: 0, frozenShare: 0, memoryMb: 1, phase: 'training',
})
const places = { 'trainings.places': () => ({ networksFolder: '/networks' }) }

describe('trainings', () => {
  it('begins with the last training, and forgets what was looked at when another project is opened', async () => {
    let project = { path: '/p/a.metamer', name: 'a', readOnlyReason: null }
    const rpc = withStores({ 'trainings.list': () => (project.name === 'a' ? [training(1), training(2)] : []), 'project.current': () => project })
    const trainings = useTrainings()
    await settle()
    expect([trainings.selectedId, trainings.list.map(({ id }) => id)]).toEqual([2, [2, 1]])
    trainings.comparedIds = [1, 2]
    expect(trainings.compared.map(({ id }) => id)).toEqual([2, 1])
    project = { path: '/p/b.metamer', name: 'b', readOnlyReason: null }
    rpc.emit('changed', { what: 'project', ids: [] })
    await settle()
    expect([trainings.selectedId, trainings.compared, trainings.list]).toEqual([null, [], []])
  })
})

describe('trainingProgress', () => {
  it('gathers losses by the update before which they were, and makes anew what a resumed training makes anew', async () => {
    let list = [training(1)]
    const rpc = withStores({ 'trainings.list': () => list })
    const progress = useTrainingProgress()
    await settle()
    for (const [step, loss] of [[1, 4], [3, 2], [2, 3]] as const) rpc.emit('trainingProgress', report(step, loss))
    expect(progress.curves.get(1)).toEqual({ update: [0, 1], loss: [4, 3] })
    expect(progress.latest.get(1)).toMatchObject({ step: 2 })
    list = [training(1, 'paused')]
    rpc.emit('changed', { what: 'trainings', ids: [1] })
    await settle()
    expect([progress.latest.size, progress.curves.size]).toEqual([0, 1])
    list = [training(1, 'finished')]
    rpc.emit('changed', { what: 'trainings', ids: [1] })
    await settle()
    rpc.emit('trainingProgress', report(6, 1))
    expect([progress.latest.size, progress.curves.size]).toEqual([0, 0])
  })
})

describe('trainingDetails', () => {
  it('reads what is looked at, and reads it again when it has changed', async () => {
    const asked: number[] = []
    const detail: TrainingDetail = { lossCurve: null, examination: null }
    const rpc = withStores({ 'trainings.list': () => [training(1), training(2)], 'trainings.detail': ({ id }) => (asked.push(id), detail) })
    const [trainings, details] = [useTrainings(), useTrainingDetails()]
    await settle()
    trainings.comparedIds = [1, 2]
    await settle()
    expect(asked).toEqual([2, 1])
    rpc.emit('changed', { what: 'trainings', ids: [1] })
    rpc.emit('changed', { what: 'runs', ids: [2] })
    await settle()
    expect([asked, [...details.byId.keys()]]).toEqual([[2, 1, 1], [2, 1]])
  })
})

describe('trainingDraft', () => {
  const planned: TrainingPlan[] = []
  const drafted = async () => {
    planned.length = 0
    withStores({ ...places, 'trainings.list': () => [training(1)], 'trainings.plan': ({ plan }) => (planned.push(plan), { id: 1 }) })
    const draft = useTrainingDraft()
    await settle()
    return draft
  }

  it('says what is missing only once it was asked for, and plans nothing then', async () => {
    const draft = await drafted()
    expect([draft.problemOf('name'), draft.problemOf('speech')]).toEqual([null, null])
    await draft.start()
    expect([draft.problemOf('name'), draft.problemOf('speech')]).toEqual(['is missing', 'is missing'])
    expect(planned).toEqual([])
  })

  it('says at once what cannot be understood, at its field, and what is out of range for the form', async () => {
    const draft = await drafted()
    Object.assign(draft.form, { name: 'Big Letters', speech: '/d/speech.csv' })
    expect(draft.problemOf('name')).toBe('must be of small letters, digits, dots, dashes and underscores, 80 at most; "Big Letters" is not')
    Object.assign(draft.form, { name: 'small', size: '1e20,4,4,4,4,4' })
    expect(draft.problemOf(null)).toMatch(/^The training has a setting out of range: channels.0: /)
    draft.form.snr = 'loud'
    expect([draft.problemOf(null), draft.problemOf('snr')]).toEqual([null, 'takes 2 numbers, separated by commas, not "loud"'])
  })

  it('plans what was said where networks go, and looks at it', async () => {
    const draft = await drafted()
    Object.assign(draft.form, { name: ' digits ', speech: '/d/speech.csv' })
    draft.note = 'By Jackson.'
    await draft.start()
    expect(planned).toMatchObject([{ name: 'digits', outFolder: '/networks', data: { speech: '/d/speech.csv' }, notes: ['By Jackson.'] }])
    expect([useTrainings().selectedId, draft.form.name]).toEqual([1, ''])
  })

  it('keeps what was said of words and of pictures apart, and plans either', async () => {
    const draft = await drafted()
    draft.form.speech = '/d/speech.csv'
    await draft.start()
    expect(draft.problemOf('name')).toBe('is missing')
    draft.kind = 'pictures'
    await settle()
    expect(draft.problemOf('name')).toBeNull()
    Object.assign(draft.form, { name: 'birds', pictures: '/d/birds', views: 'many' })
    expect(draft.problemOf('views')).toBe('takes a whole number from 0 to 1000000, not "many"')
    Object.assign(draft.form, { views: '0', from: 'head' })
    await draft.start()
    expect(planned).toMatchObject([{ kind: 'pictures', name: 'birds', base: 'efficientnet-lite0', from: 'head', outFolder: '/networks', data: { pictures: '/d/birds', views: null } }])
    draft.kind = 'words'
    expect(draft.form.speech).toBe('/d/speech.csv')
  })
})

describe('trainingData', () => {
  const sounds = { source: { name: 'speech.csv', hash: null }, splits: [], files: 1, durationsS: new Float32Array(1), rates: [], missing: [], unreadable: [], silent: [], clipped: [], outside: [], shared: [] }
  const survey: DataSurvey = { kind: 'words', speech: sounds, backgrounds: null, notices: [] }

  it('surveys data before the network has a name, shows how far it is, and nothing when it was stopped', async () => {
    let answer: (survey: Results['trainings.survey']) => void = () => undefined
    const rpc = withStores({ ...places, 'trainings.list': () => [], 'trainings.survey': () => new Promise((resolve) => (answer = resolve)) })
    const [draft, data] = [useTrainingDraft(), useTrainingData()]
    await settle()
    draft.form.speech = '/d/speech.csv'
    const looking = data.look()
    rpc.emit('surveyProgress', { done: 1, total: 3 })
    expect([data.looking, data.progress]).toEqual([true, { done: 1, total: 3 }])
    answer(survey)
    await looking
    expect([data.looking, data.survey]).toEqual([false, survey])
    const again = data.look()
    answer(null)
    await again
    expect(data.survey).toBeNull()
  })

  it('stops looking at words and forgets what it saw when pictures are wanted', async () => {
    let answer: (survey: Results['trainings.survey']) => void = () => undefined
    const rpc = withStores({ ...places, 'trainings.list': () => [], 'trainings.survey': () => new Promise((resolve) => (answer = resolve)), 'trainings.stopSurvey': () => null })
    const [draft, data] = [useTrainingDraft(), useTrainingData()]
    await settle()
    draft.form.speech = '/d/speech.csv'
    const looking = data.look()
    draft.kind = 'pictures'
    await settle()
    answer(survey)
    await looking
    expect([data.looking, data.survey]).toEqual([false, null])
    expect(rpc.calls.some(({ method }) => method === 'trainings.stopSurvey')).toBe(true)
  })

  it('asks for no data that are not named, and says so', async () => {
    const rpc = withStores({ ...places, 'trainings.list': () => [] })
    const [draft, data] = [useTrainingDraft(), useTrainingData()]
    await settle()
    await data.look()
    expect(draft.problemOf('speech')).toBe('is missing')
    expect(rpc.calls.some(({ method }) => method === 'trainings.survey')).toBe(false)
  })
})
