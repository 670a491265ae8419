import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { ProjectError } from '../../../src-main/domain/errors.ts'
import { migrations } from '../../../src-main/project/migrations.ts'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import { createProject, openProject, type OpenOptions } from '../../../src-main/project/openProject.ts'
import type { Project } from '../../../src-main/project/project.ts'
import { at, checkpoint, environment, picture, pictureResult, protocol, toyPicture } from '../../helpers/sampleRuns.ts'
import { temporaryFolder, temporaryProject } from '../../helpers/temporaryProject.ts'

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/projects')

function open(file: string, options: OpenOptions = {}): Project {
  const project = openProject(file, options)
  onTestFinished(() => project.close())
  return project
}

function place(name = 'study.metamer'): string {
  return path.join(temporaryFolder(), name)
}

function copyOfFixture(name: string): string {
  const file = place(name)
  copyFileSync(path.join(fixtures, name), file)
  return file
}

/** The fixture as this program has brought it up to date. */
function ofNewestVersion(): string {
  const file = copyOfFixture('version-1.metamer')
  openProject(file).close()
  return file
}

function planOne(project: Project): number {
  const referenceId = project.references.add(picture(), at).id
  return project.runs.plan([{ network: usedNetwork(toyPicture), layer: 'stem', referenceId, protocol, seed: 1 }], at)[0]!
}

function refusal(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(ProjectError)
    return (error as Error).message
  }
  throw new Error('It was not refused.')
}

/** Another Node process that opens the file for writing and stays until it is killed. */
async function openElsewhere(file: string): Promise<{ kill: () => Promise<void> }> {
  const script = `
    const { openProject } = await import(${JSON.stringify(path.resolve('src-main/project/openProject.ts'))})
    const project = openProject(${JSON.stringify(file)})
    if (!project.readOnlyReason) project.runs.mark(3, 'paused', 'stored before the kill')
    process.stdout.write(project.readOnlyReason ?? 'writing')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))))
  expect(said).toBe('writing')
  return { kill: () => (child.kill('SIGKILL'), gone) }
}

it('refuses a file that is no database, and says what to choose instead', () => {
  const file = copyOfFixture('not-a-database.metamer')
  const sentence = `"${file}" is not a Metamer Lab project. Choose a file that this program has made, or create a new project.`
  expect(refusal(() => openProject(file))).toBe(sentence)
})

it('refuses an empty file as no project', () => {
  const file = place('empty.metamer')
  writeFileSync(file, '')
  expect(refusal(() => openProject(file))).toMatch(/^".*empty\.metamer" is not a Metamer Lab project\./)
})

it('refuses a database of another program as no project, and leaves it as it was', () => {
  const file = copyOfFixture('another-program.metamer')
  const before = readFileSync(file)
  expect(refusal(() => openProject(file))).toMatch(/is not a Metamer Lab project\./)
  expect(readFileSync(file).equals(before)).toBe(true)
})

it('refuses a project from a newer version, naming both, and changes nothing', () => {
  const file = copyOfFixture('version-1.metamer')
  const sql = new Database(file)
  sql.pragma('user_version = 99')
  sql.close()
  const before = readFileSync(file)
  expect(refusal(() => openProject(file))).toBe(
    `The project "${file}" is of version 99; this program knows versions up to ${migrations.length}. ` +
      'Nothing was changed. Open it with a newer Metamer Lab.',
  )
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(readdirSync(path.dirname(file))).toEqual(['version-1.metamer'])
})

it('refuses a truncated project as damaged', () => {
  const file = copyOfFixture('version-1.metamer')
  truncateSync(file, 20_000)
  expect(refusal(() => openProject(file))).toBe(
    `The project "${file}" is damaged (database disk image is malformed). Nothing was changed. Go back to a copy or a backup of it.`,
  )
})

it('looks for damage after an unclean exit', () => {
  const file = copyOfFixture('version-1.metamer')
  const sql = new Database(file)
  sql.pragma('journal_mode = WAL')
  sql.close()
  const bytes = readFileSync(file)
  // Overwrite the page that holds an index, as a broken disk might; the header stays whole.
  bytes.fill(0xff, 8192 * 3, 8192 * 4)
  writeFileSync(file, bytes)
  const message = refusal(() => openProject(file))
  expect(message).toMatch(/^The project ".*" was damaged when the program last ended \(Tree 4 page 4: .*\)\. Nothing was changed\. /)
  expect(message).toMatch(/Go back to a copy of it, or open it for reading only to export what is whole\.$/)
})

it('refuses a project that is not there, and a folder', () => {
  const file = place()
  expect(refusal(() => openProject(file))).toBe(
    `There is no project "${file}". Check the path, or create a project there.`,
  )
  const folder = path.dirname(file)
  expect(refusal(() => openProject(folder))).toBe(
    `"${folder}" is a folder, not a project. Choose the project file in it.`,
  )
})

it('does not create a project over a file that exists', () => {
  const file = place()
  writeFileSync(file, 'precious')
  expect(refusal(() => createProject(file))).toBe(`"${file}" exists already. Open it, or choose another name.`)
  expect(readFileSync(file, 'utf8')).toBe('precious')
  expect(readdirSync(path.dirname(file))).toEqual(['study.metamer'])
})

it('does not create a project in a folder that is missing or cannot be written to', () => {
  const file = path.join(temporaryFolder(), 'missing', 'study.metamer')
  const folder = path.dirname(file)
  expect(refusal(() => createProject(file))).toBe(
    `There is no folder "${folder}". Create it, or choose another one.`,
  )
  mkdirSync(folder)
  expect(refusal(() => createProject(file, { isWritable: () => false }))).toBe(
    `The folder "${folder}" cannot be written to. Choose another folder, or change its permissions.`,
  )
  expect(readdirSync(folder)).toEqual([])
})

it('leaves no half-made file when creation fails', () => {
  const file = place()
  expect(() => createProject(file, { migrations: [migrations[0]!, 'CREATE NONSENSE'] })).toThrow()
  expect(readdirSync(path.dirname(file))).toEqual([])
})

it('opens a project in a folder that cannot be written to for reading, and says why', () => {
  const file = ofNewestVersion()
  const folder = path.dirname(file)
  const project = open(file, { isWritable: (place) => place !== folder })
  const reason = `The folder "${folder}" cannot be written to, so the project can only be read. Copy it to another folder to work on it.`
  expect(project.readOnlyReason).toBe(reason)
  expect(project.runs.list()).toHaveLength(3)
  expect(refusal(() => project.references.add(picture('new.png', Uint8Array.of(77)), at))).toBe(`Nothing was changed. ${reason}`)
})

it('opens a file that cannot be written for reading, and says why', () => {
  const file = ofNewestVersion()
  const project = open(file, { isWritable: (place) => place !== file })
  expect(project.readOnlyReason).toMatch(/^The file ".*" cannot be written to, so the project can only be read\./)
})

it('gives a second opener in the same process the project for reading only', () => {
  const first = temporaryProject()
  const second = open(first.path)
  expect(second.readOnlyReason).toBe(
    'Another window or command has this project open, so it can only be read here. Close it there, then open it again.',
  )
  planOne(first)
  expect(second.runs.list()).toHaveLength(1)
  expect(() => planOne(second)).toThrow('Nothing was changed. Another window or command')
})

it('gives a second process the project for reading only, and for writing once the first was killed', async () => {
  const file = ofNewestVersion()
  const elsewhere = await openElsewhere(file)
  const reader = openProject(file)
  expect(reader.readOnlyReason).toMatch(/^Another window or command has this project open/)
  reader.close()
  await elsewhere.kill()
  const project = open(file)
  expect(project.readOnlyReason).toBeNull()
  expect(project.runs.summary(3).message).toBe('stored before the kill')
})

it('leaves one file behind when it is closed', () => {
  const project = temporaryProject()
  planOne(project)
  expect(readdirSync(path.dirname(project.path)).length).toBeGreaterThan(1)
  project.close()
  project.close()
  expect(readdirSync(path.dirname(project.path))).toEqual(['study.metamer'])
})

it('loses nothing when it is closed while somebody reads', () => {
  const project = temporaryProject()
  const reader = openProject(project.path)
  const id = planOne(project)
  project.close()
  reader.close()
  expect(open(project.path).runs.summary(id).layer).toBe('stem')
})

it('marks what a dead process was at work on as interrupted, and what waited as paused', () => {
  const project = temporaryProject()
  const [running, waiting, done] = [planOne(project), planOne(project), planOne(project)]
  project.runs.mark(running, 'running', null)
  project.runs.saveCheckpoint(running, checkpoint(2))
  project.runs.mark(done, 'running', null)
  project.runs.complete(done, pictureResult(), environment, at)
  project.close()
  const { runs } = open(project.path)
  expect(runs.summary(running)).toMatchObject({
    state: 'interrupted',
    updatesDone: 2,
    message: 'The program ended while this run was at work. Resume it to go on from its last checkpoint.',
  })
  expect(runs.summary(waiting)).toMatchObject({
    state: 'paused',
    message: 'The program ended before this run had begun. Resume it to put it in the queue.',
  })
  expect(runs.summary(done)).toMatchObject({ state: 'finished', message: null })
})

it('opens a project that version 1 of the program made', () => {
  const project = open(copyOfFixture('version-1.metamer'))
  expect(project.runs.list().map((run) => run.state)).toEqual(['finished', 'interrupted', 'paused'])
  expect(project.runs.detail(1).judgement!.stages[0]!.rho).toBe(0.875)
  // Its nulls have every value; now they are told as a histogram, and cannot be added to.
  expect(project.nulls.list()).toHaveLength(2)
  const { name, weightsHash } = usedNetwork(toyPicture)
  const { summary, histogram } = project.nulls.histogram(name, weightsHash, 'stem')!
  expect(summary).toMatchObject({ pairs: 3, maximum: 0.5, mode: 'pool', augmentation: 'none', distinctPairs: 3 })
  expect(Math.max(...histogram.highest)).toBe(0.5)
  expect(project.nulls.extendable(usedNetwork(toyPicture))).toEqual([])
})

it('copies an older project beside itself before it brings it to the newest version', () => {
  const file = copyOfFixture('version-1.metamer')
  const next = [...migrations, 'CREATE TABLE notes (text TEXT) STRICT']
  const project = open(file, { migrations: next })
  expect(project.runs.list()).toHaveLength(3)
  const copy = path.join(path.dirname(file), 'version-1 (version 1).metamer')
  expect([project.olderCopy, temporaryProject().olderCopy]).toEqual([copy, null])
  expect(existsSync(copy)).toBe(true)
  expect(open(copy).runs.list()).toHaveLength(3)
})

it('keeps an older project as it was when a step to the newest version fails', () => {
  const file = copyOfFixture('version-1.metamer')
  expect(() => openProject(file, { migrations: [migrations[0]!, 'CREATE TABLE half (x); CREATE NONSENSE'] })).toThrow(ProjectError)
  expect(open(file).runs.list()).toHaveLength(3)
})

it('does not bring an older project to the newest version where it may only read', () => {
  const file = copyOfFixture('version-1.metamer')
  expect(refusal(() => openProject(file, { readOnly: true, migrations: [migrations[0]!, 'SELECT 1'] }))).toBe(
    `The project "${file}" is of the older version 1 and has to be brought to version 2, which needs writing. ` +
      'The project was opened for reading only.',
  )
})
