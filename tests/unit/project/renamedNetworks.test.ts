import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createProject, openProject } from '../../../src-main/project/openProject.ts'
import type { Project } from '../../../src-main/project/project.ts'
import { findNetwork } from '../../../src-main/engine/models/catalogue.ts'
import { at, nullResult, protocol, sound } from '../../helpers/sampleRuns.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

const present = findNetwork('word-cnn-reduced-aliasing-random').card
const earlier = { name: 'word-cnn-reduced-aliasing', kind: 'audio' as const, weightsHash: present.weights.hash, weightsSource: 'seed 0' }

/** A project in which a network was used, as the program wrote it before. */
function projectUsing(network: typeof earlier): string {
  const file = path.join(temporaryFolder(), 'study.metamer')
  const project = createProject(file)
  const reference = project.references.add(sound(), at)
  project.runs.plan([{ network, layer: 'stem', referenceId: reference.id, protocol, seed: 1 }], at)
  project.nulls.save(nullResult(0.5), network, at)
  project.close()
  return file
}

function opened(file: string, options = {}): Project {
  const project = openProject(file, options)
  onTestFinished(() => project.close())
  return project
}

it('gives runs and nulls of an older project the network\'s present name', () => {
  const project = opened(projectUsing(earlier))
  expect(project.runs.list().map((run) => run.network)).toEqual([present.name])
  expect(project.nulls.find(present.name, present.weights.hash, 'stem')).toMatchObject({ network: present.name, maximum: 0.5 })
})

it('leaves another network alone that bears the old name', () => {
  const project = opened(projectUsing({ ...earlier, weightsHash: 'of other weights' }))
  expect(project.runs.list().map((run) => run.network)).toEqual([earlier.name])
})

it('shows the old name where the project can only be read', () => {
  const project = opened(projectUsing(earlier), { readOnly: true })
  expect(project.runs.list().map((run) => run.network)).toEqual([earlier.name])
})
