import { expect, it } from 'vitest'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import type { Recognition } from '../../../src-main/domain/run.ts'
import { at, environment, picture, pictureResult, protocol, toyPicture } from '../../helpers/sampleRuns.ts'
import { temporaryProject } from '../../helpers/temporaryProject.ts'
import type { Project } from '../../../src-main/project/project.ts'

const judge = usedNetwork(toyPicture)
const other = { ...judge, weightsHash: 'other-weights' }
const recognition = (label: string): Recognition => ({ top: [{ index: 1, label, probability: 0.5 }, { index: 0, label: 'cat', probability: Number.NaN }], category16: 'dog' })

/** Two finished runs that share their reference. */
function finishedRuns(project: Project): number[] {
  const referenceId = project.references.add(picture(), at).id
  const ids = project.runs.plan(['stem', 'logits'].map((layer) => ({ network: judge, layer, referenceId, protocol, seed: 1 })), at)
  ids.forEach((id, i) => {
    const quantised = { kind: 'image' as const, height: 1, width: 2, data: Uint8Array.of(i, 1, 2, 3, 4, 5) }
    project.runs.complete(id, pictureResult({ quantised }), environment, at)
  })
  return ids
}

it('asks for each signal once, shared ones too, and no more once it is named', () => {
  const project = temporaryProject()
  const ids = finishedRuns(project)
  const missing = project.recognitions.missing(judge, ids)
  expect(missing).toHaveLength(3)
  expect(project.recognitions.signal(missing[0]!)).toMatchObject({ kind: 'image', height: 1, width: 2, data: expect.any(Uint8Array) })
  project.recognitions.save(judge, missing.slice(0, 1).map((key) => ({ key, recognition: recognition('dog'), notices: [] })), at)
  expect(project.recognitions.missing(judge, ids)).toEqual(missing.slice(1))
  expect(project.recognitions.missing(other, ids)).toEqual(missing)
})

it('lists a run once both its signals are named, for each judge by its weights', () => {
  const project = temporaryProject()
  const ids = finishedRuns(project)
  const keys = project.recognitions.missing(judge, [ids[1]!])
  const save = (of: typeof judge, some: typeof keys) => project.recognitions.save(of, some.map((key) => ({ key, recognition: recognition('dog'), notices: ['Resized.'] })), at)
  save(judge, keys.slice(0, 1))
  expect(project.recognitions.list()).toEqual([])
  save(judge, keys)
  save(other, keys)
  const named = { index: 1, label: 'dog', category16: 'dog' }
  expect(project.recognitions.list()).toEqual([
    { runId: ids[1], judge: 'toy-picture', judgeHash: 'toy-weights-1', metamer: named, reference: named },
    { runId: ids[1], judge: 'toy-picture', judgeHash: 'other-weights', metamer: named, reference: named },
  ])
})

it('keeps the true class of references, the latest, and refuses one for a stimulus that is not there', () => {
  const project = temporaryProject()
  const { id } = project.references.add(picture(), at)
  project.answers.set(new Map([[id, 'cat']]))
  project.answers.set(new Map([[id, 'tabby']]))
  expect([...project.answers.list()]).toEqual([[id, 'tabby']])
  expect(() => project.answers.set(new Map([[id, 'dog'], [99, 'dog']]))).toThrow('There is no reference 99 in this project.')
  expect([...project.answers.list()]).toEqual([[id, 'tabby']])
  project.answers.set(new Map([[id, null]]))
  expect(project.answers.list().size).toBe(0)
})
