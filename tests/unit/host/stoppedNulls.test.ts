import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { nullNoteFile, type NullPlan } from '../../../src-main/domain/nullDistribution.ts'
import type { NullJob } from '../../../src-main/domain/run.ts'
import { dropStoppedNull, stoppedNulls } from '../../../src-main/host/stoppedNulls.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

const plan: NullPlan = { network: 'toy', poolFolder: '/stimuli/pool', pairs: 6, seed: 1, mode: 'pool', augmentation: 'none', memoryBytes: 2 ** 30 }
const job: NullJob = { jobId: 1, network: 'toy', pairs: 6, state: 'running', done: 0, total: 0, phase: 'activations', message: null, error: null }

/** A project that has files of these in the folder beside it. */
function withFolders(folders: Record<string, Record<string, string | Uint8Array>>) {
  const file = path.join(temporaryFolder(), 'p.metamer')
  for (const [id, files] of Object.entries(folders)) {
    mkdirSync(path.join(`${file}.nulls`, id), { recursive: true })
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(`${file}.nulls`, id, name), content)
  }
  return { path: file, readOnlyReason: null }
}

it('tells how far each has come: draws that were ranked, or independent pairs that were compared', () => {
  const independent = { ...plan, mode: 'independent' as const, pairs: 20 }
  const project = withFolders({
    a: { [nullNoteFile]: JSON.stringify({ plan, draws: 4, layers: 3 }), 'state.json': '{"rows":2,"constant":[]}' },
    // Five pairs at three layers, and one that was cut off; of the 20 that are wanted, 5 were stored before.
    b: { [nullNoteFile]: JSON.stringify({ plan: independent, draws: 30, layers: 3 }), 'pairs.rho': new Uint8Array(4 * 3 * 5 + 4) },
    c: { [nullNoteFile]: JSON.stringify({ plan: { ...plan, seed: 2 }, draws: 4, layers: 3 }) },
  })
  expect(stoppedNulls(project, [])).toEqual([
    { id: 'a', plan, done: 2, total: 4, unit: 'draws' },
    { id: 'b', plan: independent, done: 5, total: 15, unit: 'pairs' },
    { id: 'c', plan: { ...plan, seed: 2 }, done: 0, total: 4, unit: 'draws' },
  ])
})

it('passes over folders that say nothing about themselves, and those at work', () => {
  const project = withFolders({ a: { 'state.json': '{"rows":2}' }, b: { [nullNoteFile]: '{"plan":' }, c: { [nullNoteFile]: JSON.stringify({ plan, draws: 4, layers: 3 }) } })
  expect(stoppedNulls(project, [{ ...job, state: 'cancelled' }]).map(({ id }) => id)).toEqual(['c'])
  expect(stoppedNulls(project, [job])).toEqual([])
  expect(() => dropStoppedNull(project, [job], 'c')).toThrow('This null distribution is at work, or is no longer there; nothing was removed.')
  expect(stoppedNulls({ path: path.join(temporaryFolder(), 'other.metamer'), readOnlyReason: null }, [])).toEqual([])
})

it('neither shows nor removes any of a project that another program may be at work on', () => {
  const project = withFolders({ c: { [nullNoteFile]: JSON.stringify({ plan, draws: 4, layers: 3 }) } })
  const locked = { ...project, readOnlyReason: 'Another program has it open.' }
  expect(stoppedNulls(locked, [])).toEqual([])
  expect(() => dropStoppedNull(locked, [], 'c')).toThrow('Nothing was removed. Another program has it open.')
  expect(stoppedNulls(project, [])).toHaveLength(1)
})
