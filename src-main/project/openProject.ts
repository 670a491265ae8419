import { rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { ProjectError } from '../domain/errors.ts'
import { createChanges } from './changes.ts'
import { checkAfterUncleanExit, checkFolder, checkIsProject, checkNew, reasonNotToWrite, type Access } from './checks.ts'
import { connectForReading } from './connections.ts'
import { storageError } from './failures.ts'
import { lockProject, type ProjectLock } from './lock.ts'
import { migrate, migrations, versionOf } from './migrations.ts'
import { createProjectOver, type Project } from './project.ts'
import { renameNetworks } from './renamedNetworks.ts'

export interface OpenOptions extends Access {
  /** The steps that lead to the newest version. */
  migrations?: readonly string[]
}

/**
 * Make a new, empty project file.
 *
 * @throws ProjectError when the file exists, or its folder is missing or cannot be written to
 */
export function createProject(file: string, options: OpenOptions = {}): Project {
  const full = path.resolve(file)
  checkFolder(full, options)
  const lock = lockProject(full)
  if (!lock) throw new ProjectError(`Another program has "${full}" open. Open it there, or choose another name.`)
  try {
    checkNew(full)
    return fill(full, lock, options)
  } catch (error) {
    lock.release()
    throw storageError(error, full)
  }
}

/** What could not be filled is no project: nothing half-made stays. */
function fill(file: string, lock: ProjectLock, options: OpenOptions): Project {
  try {
    return openConnection(file, lock, options, (sql) => sql.pragma('page_size = 8192'))
  } catch (error) {
    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true })
    throw error
  }
}

/**
 * Open a project. Whoever comes second, or may not write, gets it for reading only: see `readOnlyReason`.
 * Runs that a dead process left behind become interrupted, waiting ones paused.
 *
 * @throws ProjectError when it is missing, no project, damaged, or made by a newer version; nothing is changed then
 */
export function openProject(file: string, options: OpenOptions = {}): Project {
  const full = path.resolve(file)
  checkIsProject(full, (options.migrations ?? migrations).length)
  const lock = reasonNotToWrite(full, options) ?? lockProject(full) ?? inUse
  if (typeof lock === 'string') return openForReading(full, lock, options)
  try {
    return openConnection(full, lock, options, checkAfterUncleanExit)
  } catch (error) {
    lock.release()
    throw storageError(error, full)
  }
}

const inUse =
  'Another window or command has this project open, so it can only be read here. Close it there, then open it again.'

function openConnection(
  file: string,
  lock: ProjectLock,
  options: OpenOptions,
  prepare: (sql: Database.Database) => void,
): Project {
  const sql = new Database(file, { timeout: 5000 })
  try {
    prepare(sql)
    sql.pragma('journal_mode = WAL')
    sql.pragma('synchronous = NORMAL')
    sql.pragma('foreign_keys = ON')
    const olderCopy = migrate(sql, options.migrations)
    renameNetworks(sql)
    const project = createProjectOver(sql, file, null, createChanges(), () => closeForWriting(sql, lock), olderCopy)
    project.runs.interruptLeftOvers()
    project.trainings.interruptLeftOvers()
    return project
  } catch (error) {
    sql.close()
    throw error
  }
}

function openForReading(file: string, reason: string, options: OpenOptions): Project {
  const sql = connectForReading(file)
  const newest = (options.migrations ?? migrations).length
  const version = versionOf(sql)
  if (version < newest) {
    sql.close()
    throw new ProjectError(
      `The project "${file}" is of the older version ${version} and has to be brought to version ${newest}, ` +
        `which needs writing. ${reason}`,
    )
  }
  return createProjectOver(sql, file, reason, createChanges(), () => sql.close())
}

/** One file must remain: what lies in the -wal goes into it, and the -wal goes. */
function closeForWriting(sql: Database.Database, lock: ProjectLock): void {
  try {
    sql.pragma('busy_timeout = 200')
    sql.pragma('wal_checkpoint(TRUNCATE)')
    sql.pragma('journal_mode = DELETE')
  } catch {
    // Somebody is reading: the -wal stays, with nothing lost, until the next to open the project closes it.
  } finally {
    sql.close()
    lock.release()
  }
}
