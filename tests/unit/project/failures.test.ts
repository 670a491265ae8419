import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { ProjectError } from '../../../src-main/domain/errors.ts'
import { storageError } from '../../../src-main/project/failures.ts'
import { createStore } from '../../../src-main/project/store.ts'
import { createChanges } from '../../../src-main/project/changes.ts'

it('says that the disk is full, and that the last complete state is kept', () => {
  const sql = new Database(':memory:')
  sql.exec('CREATE TABLE t (x BLOB)')
  // A cap on pages fails exactly as a full disk does.
  sql.pragma('max_page_count = 3')
  const store = createStore(sql, 'study.metamer', null, createChanges())
  expect(() => store.write(() => sql.prepare('INSERT INTO t VALUES (zeroblob(100000))').run())).toThrow(
    'The disk is full; the project "study.metamer" keeps its last complete state. Free some space, then try again.',
  )
  sql.close()
})

it('says that another program is at the file', () => {
  const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY_SNAPSHOT' })
  const said = storageError(busy, 'p.metamer') as ProjectError
  expect(said).toBeInstanceOf(ProjectError)
  expect(said.message).toBe('The project "p.metamer" is in use by another program. Close it there, then try again.')
})

it('leaves any other error as it is', () => {
  const error = new TypeError('a mistake of ours')
  expect(storageError(error, 'p.metamer')).toBe(error)
})
