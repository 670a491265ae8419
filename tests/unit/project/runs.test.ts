import { expect, it } from 'vitest'
import { ProjectError, UsageError } from '../../../src-main/domain/errors.ts'
import type { Change } from '../../../src-main/project/changes.ts'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import { openProject } from '../../../src-main/project/openProject.ts'
import type { Project } from '../../../src-main/project/project.ts'
import {
  at,
  checkpoint,
  environment,
  picture,
  pictureResult,
  protocol,
  sound,
  soundResult,
  toyPicture,
  toySound,
  verdict,
} from '../../helpers/sampleRuns.ts'
import { temporaryProject } from '../../helpers/temporaryProject.ts'

const later = '2026-11-24T13:00:00.000Z'

function planned(project: Project, layer = 'stem'): number {
  const referenceId = project.references.add(picture(), at).id
  return project.runs.plan([{ network: usedNetwork(toyPicture), layer, referenceId, protocol, seed: 4 }], at)[0]!
}

function finished(project: Project, result = pictureResult(), layer = 'stem'): number {
  const id = planned(project, layer)
  project.runs.mark(id, 'running', null)
  project.runs.complete(id, result, environment, later)
  return id
}

/** The same project after its file was closed and opened again. */
function reopened(project: Project): Project {
  project.close()
  return openProject(project.path, { readOnly: true })
}

it('records runs as planned before anything is computed, with all that was asked for', () => {
  const project = temporaryProject()
  const id = planned(project)
  expect(project.runs.summary(id)).toEqual({
    id,
    state: 'planned',
    network: 'toy-picture',
    networkHash: 'toy-weights-1',
    kind: 'image',
    layer: 'stem',
    referenceId: 1,
    referenceName: 'cat.png',
    protocol,
    seed: 4,
    retryOf: null,
    inverts: null,
    updatesDone: 0,
    seconds: 0,
    loss: null,
    rho: null,
    labels: null,
    verdict: null,
    message: null,
    createdAt: at,
    finishedAt: null,
  })
  expect(project.runs.detail(id)).toMatchObject({ judgement: null, environment: null, lossCurve: { loss: new Float64Array() } })
})

it('plans all runs or none', () => {
  const project = temporaryProject()
  const referenceId = project.references.add(picture(), at).id
  const run = { network: usedNetwork(toyPicture), layer: 'stem', referenceId, protocol, seed: 1 }
  expect(() => project.runs.plan([run, { ...run, referenceId: 99 }], at)).toThrow(ProjectError)
  expect(project.runs.list()).toEqual([])
})

it('gives a finished picture back as it was stored, after the file was closed too', () => {
  const project = temporaryProject()
  const result = pictureResult()
  const id = finished(project, result)
  const { runs } = reopened(project)
  const detail = runs.detail(id)
  expect(detail).toMatchObject({
    state: 'finished',
    updatesDone: 4,
    seconds: 2,
    loss: { first: 8, last: 4.5 },
    rho: 0.875,
    labels: { reference: 'cat', metamer: 'dog' },
    finishedAt: later,
  })
  expect(detail.judgement).toEqual(result.judgement)
  expect(detail.verdict).toEqual(result.verdict)
  expect(detail.environment).toEqual(environment)
  expect(detail.lossCurve).toEqual({ update: Float64Array.of(0, 1, 2, 3), loss: Float64Array.of(8, 7, 6, 5) })
  expect(runs.signal(id, 'metamer')).toEqual(result.quantised)
  expect(runs.signal(id, 'reference')).toEqual(result.reference)
  expect(runs.floatSignal(id)).toEqual(result.checkpoint.signal)
  expect(runs.cochleagrams(id)).toBeNull()
})

it('gives a finished sound back with both cochleagrams and no labels', () => {
  const project = temporaryProject()
  const referenceId = project.references.add(sound(), at).id
  const run = { network: usedNetwork(toySound), layer: 'stem', referenceId, protocol, seed: 4 }
  const id = project.runs.plan([run], at)[0]!
  const result = soundResult()
  project.runs.complete(id, result, environment, later)
  const { runs } = reopened(project)
  expect(runs.summary(id)).toMatchObject({ kind: 'audio', labels: null })
  expect(runs.signal(id, 'metamer')).toEqual(result.quantised)
  expect(runs.cochleagrams(id)).toEqual(result.cochleagrams)
  expect(runs.detail(id).judgement).toEqual(result.judgement)
})

it('keeps NaN and infinity apart from what is absent', () => {
  const project = temporaryProject()
  const result = pictureResult({ firstLoss: Number.NaN, finalLoss: Infinity })
  const id = finished(project, result, 'pooled')
  const detail = reopened(project).runs.detail(id)
  expect(detail.rho).toBeNaN()
  expect(detail.loss).toEqual({ first: Number.NaN, last: Infinity })
  expect(detail.judgement!.stages[0]!.dbPower).toBe(Infinity)
  expect(detail.judgement!.stages[1]!.pearson).toBeNaN()
})

it('keeps a network with other weights apart from the one before', () => {
  const project = temporaryProject()
  planned(project)
  const trained = { ...toyPicture, weights: { ...toyPicture.weights, hash: 'other' } }
  project.runs.plan([{ network: usedNetwork(trained), layer: 'stem', referenceId: 1, protocol, seed: 4 }], at)
  expect(project.networks().map((network) => network.weightsHash)).toEqual(['toy-weights-1', 'other'])
  expect(project.runs.list().map((run) => run.networkHash)).toEqual(['toy-weights-1', 'other'])
})

it('keeps the latest checkpoint of a running run, and shows how far it is', () => {
  const project = temporaryProject()
  const id = planned(project)
  project.runs.mark(id, 'running', null)
  project.runs.saveCheckpoint(id, checkpoint(1))
  project.runs.saveCheckpoint(id, checkpoint(3))
  expect(project.runs.checkpoint(id)).toEqual(checkpoint(3))
  expect(project.runs.detail(id)).toMatchObject({
    updatesDone: 3,
    seconds: 1.5,
    loss: { first: 8, last: 6 },
    lossCurve: { loss: Float64Array.of(8, 7, 6) },
  })
})

it('drops the checkpoint once the run is finished', () => {
  const project = temporaryProject()
  const id = planned(project)
  project.runs.mark(id, 'running', null)
  project.runs.saveCheckpoint(id, checkpoint(3))
  project.runs.complete(id, pictureResult(), environment, later)
  expect(project.runs.checkpoint(id)).toBeNull()
})

it('refuses a checkpoint that comes after the run has stopped', () => {
  const project = temporaryProject()
  const id = planned(project)
  project.runs.mark(id, 'interrupted', 'stopped')
  expect(() => project.runs.saveCheckpoint(id, checkpoint())).toThrow(
    `Run ${id} is not running; its checkpoint was not stored.`,
  )
  expect(project.runs.checkpoint(id)).toBeNull()
})

it('stores a result whole or not at all', () => {
  const project = temporaryProject()
  const id = planned(project)
  project.runs.mark(id, 'running', null)
  const broken = pictureResult({ verdict: verdict({ outcome: 'perhaps' as never }) })
  expect(() => project.runs.complete(id, broken, environment, later)).toThrow(ProjectError)
  expect(project.runs.detail(id)).toMatchObject({ state: 'running', judgement: null, verdict: null })
  expect(() => project.runs.signal(id, 'metamer')).toThrow(
    `Run ${id} is running; it has no result yet. Wait until it is finished, or resume it.`,
  )
})

it('does not let a finished run be planned, failed or finished again', () => {
  const project = temporaryProject()
  const id = finished(project)
  const refused = `Run ${id} is finished; its result stays as it is.`
  expect(() => project.runs.mark(id, 'failed', 'too late')).toThrow(refused)
  expect(() => project.runs.complete(id, pictureResult(), environment, later)).toThrow(refused)
})

it('lets the latest verdict count and keeps the earlier ones in the record', () => {
  const project = temporaryProject()
  const id = finished(project)
  const included = verdict({ outcome: 'included', aboveNull: 'yes', null: { pairs: 2000, maximum: Number.NaN } })
  project.runs.recordVerdict(id, included, later)
  expect(project.runs.summary(id).verdict).toEqual(included)
  expect(project.runs.verdicts(id)).toEqual([
    { ...verdict(), decidedAt: later },
    { ...included, decidedAt: later },
  ])
})

it('takes no verdict on a run without a result', () => {
  const project = temporaryProject()
  const id = planned(project)
  expect(() => project.runs.recordVerdict(id, verdict(), at)).toThrow(`Run ${id} is planned; it has no result yet.`)
})

it('names a run that does not exist, and says how to find one', () => {
  const project = temporaryProject()
  expect(() => project.runs.detail(7)).toThrow('There is no run 7 in this project. "lab runs" lists those that are.')
})

it('thins a long loss curve to 2,000 points that include the first and the last', () => {
  const project = temporaryProject()
  const id = finished(project, pictureResult({ checkpoint: checkpoint(15_000) }))
  const { update, loss } = project.runs.detail(id).lossCurve
  expect(update).toHaveLength(2000)
  expect([update[0], update[1999]]).toEqual([0, 14_999])
  expect([loss[0], loss[1999]]).toEqual([8, 8 - 14_999])
})

it('tells of a change once it is stored, and not when it failed', () => {
  const project = temporaryProject()
  const told: Change[] = []
  const states: string[] = []
  project.changes.subscribe((change) => {
    told.push(change)
    if (change.what === 'runs') states.push(project.runs.summary(change.ids[0]!).state)
  })
  const id = finished(project)
  expect(() => project.runs.mark(99, 'failed', null)).toThrow(UsageError)
  expect(told[0]).toEqual({ what: 'references', ids: [1] })
  expect(states).toEqual(['planned', 'running', 'finished'])
  expect(project.runs.summary(id).state).toBe('finished')
})

it('tells of several writings done at once only after the last, and stores none when one fails', () => {
  const project = temporaryProject()
  const id = finished(project)
  let told = 0
  project.changes.subscribe(() => told++)
  expect(() =>
    project.atOnce(() => {
      project.runs.recordVerdict(id, verdict({ reason: 'new' }), later)
      project.runs.recordVerdict(99, verdict(), later)
    }),
  ).toThrow(UsageError)
  expect(told).toBe(0)
  expect(project.runs.verdicts(id)).toHaveLength(1)
})

it('keeps with a finished run what was done to its reference and what rounding its signals cost', () => {
  const project = temporaryProject()
  const notice = 'Cropped from 6 x 4 to its central 4 x 4 pixels. 2 of 48 values of the metamer were clipped.'
  const id = finished(project, { ...pictureResult(), notice })
  expect(project.runs.summary(id)).toMatchObject({ state: 'finished', message: notice })
})
