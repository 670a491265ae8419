import { renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openProject } from '../../../src-main/project/openProject.ts'
import { at, picture } from '../../helpers/sampleRuns.ts'
import { temporaryFolder, temporaryProject } from '../../helpers/temporaryProject.ts'

it('is in its place until its file is moved, replaced or deleted, and again when it is put back', () => {
  const project = temporaryProject()
  expect(project.isInPlace()).toBe(true)
  renameSync(project.path, `${project.path}.away`)
  expect(project.isInPlace()).toBe(false)
  writeFileSync(project.path, 'another file')
  expect(project.isInPlace()).toBe(false)
  renameSync(`${project.path}.away`, project.path)
  expect(project.isInPlace()).toBe(true)
})

it('saves all that is stored as another project, also what was stored after its file was deleted', async () => {
  const project = temporaryProject()
  project.references.add(picture(), at)
  rmSync(project.path)
  project.references.add({ ...picture(), fileName: 'later.png', bytes: Uint8Array.of(9, 9) }, at)
  const file = await project.saveCopy(path.join(temporaryFolder(), 'copy.metamer'))
  const copy = openProject(file)
  onTestFinished(() => copy.close())
  expect(copy.references.list().map(({ fileName }) => fileName)).toEqual(project.references.list().map(({ fileName }) => fileName))
  expect(copy.references.list()).toHaveLength(2)
})

it('overwrites nothing with a copy, and makes none in a folder that is missing', async () => {
  const project = temporaryProject()
  await expect(project.saveCopy(project.path)).rejects.toThrow('exists already')
  await expect(project.saveCopy('/nowhere/copy.metamer')).rejects.toThrow('There is no folder "/nowhere". Create it, or choose another one.')
})
