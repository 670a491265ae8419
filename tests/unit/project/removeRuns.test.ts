import { rmSync, statSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { ProjectError } from '../../../src-main/domain/errors.ts'
import type { Change } from '../../../src-main/project/changes.ts'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import { openProject } from '../../../src-main/project/openProject.ts'
import type { NewRun } from '../../../src-main/project/runs.ts'
import type { Project } from '../../../src-main/project/project.ts'
import { at, checkpoint, environment, nullResult, picture, pictureResult, protocol, sound, soundResult, toyPicture, toySound } from '../../helpers/sampleRuns.ts'
import { temporaryFolder, temporaryProject } from '../../helpers/temporaryProject.ts'

const judge = usedNetwork(toyPicture)

function planned(project: Project, links: Partial<NewRun> = {}): number {
  const referenceId = project.references.add(picture(), at).id
  return project.runs.plan([{ network: judge, layer: 'stem', referenceId, protocol, seed: 4, ...links }], at)[0]!
}

function finished(project: Project, result = pictureResult(), links: Partial<NewRun> = {}): number {
  const id = planned(project, links)
  project.runs.complete(id, result, environment, at)
  return id
}

function finishedSound(project: Project, links: Partial<NewRun> = {}): number {
  const referenceId = project.references.add(sound(), at).id
  return finished(project, soundResult(), { network: usedNetwork(toySound), referenceId, ...links })
}

function judged(project: Project, ids: number[]): void {
  const keys = project.recognitions.missing(judge, ids)
  project.recognitions.save(judge, keys.map((key) => ({ key, recognition: { top: [{ index: 1, label: 'dog', probability: 0.5 }], category16: null }, notices: [] })), at)
}

/** Rows of every table, as another connection sees them, and what its foreign keys complain of. */
function contentOf(project: Project) {
  const sql = new Database(project.path, { readonly: true })
  const tables = sql.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all()
  const rows = Object.fromEntries(tables.map((table) => [table, sql.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()!]))
  const broken = sql.pragma('foreign_key_check') as unknown[]
  sql.close()
  return { rows, broken }
}

it('leaves nothing of removed runs in any table, and keeps what others share', () => {
  const project = temporaryProject()
  const picture1 = finished(project)
  const heard = finishedSound(project)
  const stopped = planned(project)
  project.runs.mark(stopped, 'running', null)
  project.runs.saveCheckpoint(stopped, checkpoint())
  project.runs.mark(stopped, 'cancelled', null)
  judged(project, [picture1])
  project.runs.recordVerdict(picture1, pictureResult().verdict, at)
  const empty = Object.entries(contentOf(project).rows).filter(([, count]) => count === 0)
  expect(empty.map(([table]) => table).sort()).toEqual(['answers', 'null_distributions', 'training_examinations', 'training_losses', 'training_metrics', 'trainings'])
  project.runs.remove([picture1, heard, stopped])
  const left = Object.entries(contentOf(project).rows).filter(([, count]) => count > 0)
  // References stay with their files; networks, protocols and environments are a line each and may serve again.
  expect(Object.fromEntries(left)).toEqual({ blobs: 2, reference_stimuli: 2, networks: 2, protocols: 1, environments: 1 })
  expect(contentOf(project).broken).toEqual([])
  expect(project.runs.list()).toEqual([])
  expect(() => project.runs.summary(heard)).toThrow(`There is no run ${heard} in this project.`)
})

it('keeps bytes, labels and null distributions that another run still needs', () => {
  const project = temporaryProject()
  project.nulls.save(nullResult(0.5), judge, at)
  // Both left the same reference, float signal and losses; the metamers differ.
  const quantised = { kind: 'image' as const, height: 1, width: 2, data: Uint8Array.of(7, 1, 2, 3, 4, 5) }
  const [one, other] = [finished(project), finished(project, pictureResult({ quantised }), { layer: 'logits' })]
  judged(project, [one, other])
  const before = project.runs.detail(other)
  project.runs.remove([one])
  expect(project.runs.detail(other)).toEqual(before)
  expect(project.runs.signal(other, 'metamer')).toEqual(quantised)
  expect(project.runs.signal(other, 'reference')).toEqual(pictureResult().reference)
  expect(project.runs.floatSignal(other)).toEqual(checkpoint().signal)
  expect(project.recognitions.list().map(({ runId }) => runId)).toEqual([other])
  expect(project.recognitions.missing(judge, [other])).toEqual([])
  expect(project.nulls.list()).toHaveLength(2)
  // Of the metamer of the first nothing is left: bytes, or what a judge took it for.
  const { rows } = contentOf(project)
  expect([rows['judged_signals'], rows['judged_labels']]).toEqual([2, 2])
})

it('joins a chain of tries where one of them is taken out', () => {
  const project = temporaryProject()
  const first = finished(project)
  const second = finished(project, pictureResult(), { seed: 5, retryOf: first })
  const third = finished(project, pictureResult(), { seed: 6, retryOf: second })
  const fourth = finished(project, pictureResult(), { seed: 7, retryOf: third })
  project.runs.remove([second, third])
  expect(project.runs.summary(fourth).retryOf).toBe(first)
  project.runs.remove([first])
  expect(project.runs.summary(fourth).retryOf).toBeNull()
})

it('removes all runs or none, and never gives a number twice', () => {
  const project = temporaryProject()
  const [heard, other] = [finishedSound(project), finishedSound(project)]
  const inverting = finishedSound(project, { inverts: heard })
  expect(() => project.runs.remove([other, 99])).toThrow('There is no run 99 in this project.')
  // The sound that makes it audible would match nothing.
  expect(() => project.runs.remove([other, heard])).toThrow(ProjectError)
  expect(project.runs.list().map(({ id }) => id)).toEqual([heard, other, inverting])
  project.runs.remove([heard, inverting])
  project.runs.remove([other])
  expect(finishedSound(project)).toBe(inverting + 1)
})

it('tells of what went, once it is gone', () => {
  const project = temporaryProject()
  const [one, other] = [finished(project), finished(project)]
  const heard: Array<Change & { left: number }> = []
  project.changes.subscribe((change) => heard.push({ ...change, left: project.runs.list().length }))
  project.runs.remove([one, other])
  expect(heard).toEqual([{ what: 'runs', ids: [one, other], left: 0 }])
})

it('uses the freed room again, and leaves it out of a copy', async () => {
  const project = temporaryProject()
  const large = (seed: number) => ({ kind: 'image' as const, height: 512, width: 512, data: Uint8Array.from({ length: 3 * 512 * 512 }, (_, i) => (i * seed) % 251) })
  const id = finished(project, pictureResult({ quantised: large(3) }))
  project.runs.remove([id])
  const copy = await project.saveCopy(path.join(temporaryFolder(), 'copy.metamer'))
  expect(statSync(copy).size).toBeLessThan(500_000)
  const small = openProject(copy)
  expect(small.references.list()).toEqual(project.references.list())
  small.close()
  project.close()
  const size = statSync(project.path).size
  const again = openProject(project.path)
  finished(again, pictureResult({ quantised: large(5) }))
  again.close()
  expect(statSync(project.path).size).toBeLessThan(size * 1.2)
})

it('leaves the freed room out of a copy also when its own file is gone', async () => {
  const project = temporaryProject()
  const quantised = { kind: 'image' as const, height: 512, width: 512, data: Uint8Array.from({ length: 3 * 512 * 512 }, (_, i) => (i * 3) % 251) }
  const [gone, kept] = [finished(project, pictureResult({ quantised })), finished(project)]
  project.runs.remove([gone])
  rmSync(project.path)
  const copy = openProject(await project.saveCopy(path.join(temporaryFolder(), 'copy.metamer')))
  expect(copy.runs.detail(kept)).toEqual(project.runs.detail(kept))
  expect(statSync(copy.path).size).toBeLessThan(500_000)
  copy.close()
})

it('removes nothing from a project that can only be read', () => {
  const project = temporaryProject()
  const id = finished(project)
  project.close()
  const reader = openProject(project.path, { readOnly: true })
  expect(() => reader.runs.remove([id])).toThrow('Nothing was changed. The project was opened for reading only.')
  expect(reader.runs.list()).toHaveLength(1)
  reader.close()
})
