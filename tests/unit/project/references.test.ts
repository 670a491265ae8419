import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { at, picture, sound } from '../../helpers/sampleRuns.ts'
import { temporaryProject } from '../../helpers/temporaryProject.ts'

const later = '2026-11-24T13:00:00.000Z'

it('keeps the file as it was given, with its hash and what was done to it', () => {
  const { references } = temporaryProject()
  const added = references.add(picture(), at)
  expect(added).toEqual({
    id: 1,
    kind: 'image',
    fileName: 'cat.png',
    hash: createHash('sha256').update(Uint8Array.of(1, 2, 3)).digest('hex'),
    byteLength: 3,
    notices: ['Cropped to the middle.'],
    addedAt: at,
  })
  expect(references.summary(1)).toEqual(added)
  const file = references.file(1)
  expect(file.fileName).toBe('cat.png')
  expect([...file.bytes]).toEqual([1, 2, 3])
})

it('stores the same file under the same name once', () => {
  const { references } = temporaryProject()
  const first = references.add(picture(), at)
  expect(references.add(picture(), later)).toEqual(first)
  expect(references.list()).toHaveLength(1)
})

it('stores equal bytes under two names once', () => {
  const project = temporaryProject()
  project.references.add(picture('one.png'), at)
  project.references.add(picture('two.png'), at)
  project.references.add(sound(), at)
  expect(project.references.list().map((reference) => reference.fileName)).toEqual(['one.png', 'two.png', 'word.wav'])
  project.close()
  const sql = new Database(project.path, { readonly: true })
  expect(sql.prepare('SELECT count(*) FROM blobs').pluck().get()).toBe(2)
  sql.close()
})

it('names a reference that does not exist, and says what to do', () => {
  const { references } = temporaryProject()
  expect(() => references.file(5)).toThrow('There is no reference 5 in this project. Add the stimulus first.')
})
