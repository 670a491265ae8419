import { accessSync, constants, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { ProjectError } from '../domain/errors.ts'
import { longName } from '../domain/longName.ts'
import { connectForReading } from './connections.ts'
import { notAProject, storageError } from './failures.ts'
import { applicationId, versionOf } from './migrations.ts'

export interface Access {
  /** Look, but change nothing: also for a damaged project. */
  readOnly?: boolean
  /** May this file or folder be written? Handed in by tests, which may run as root, who may write anywhere. */
  isWritable?: (path: string) => boolean
}

/** @throws ProjectError when a new project cannot be put where it is wanted */
export function checkFolder(file: string, { isWritable: mayWrite = isWritable }: Access): void {
  const long = longName(path.basename(file))
  if (long) throw new ProjectError(long)
  const folder = path.dirname(file)
  if (!existsSync(folder)) throw new ProjectError(`There is no folder "${folder}". Create it, or choose another one.`)
  if (!mayWrite(folder)) throw new ProjectError(`The folder "${folder}" cannot be written to. Choose another folder, or change its permissions.`)
}

export function checkNew(file: string): void {
  if (existsSync(file)) throw new ProjectError(`"${file}" exists already. Open it, or choose another name.`)
}

/**
 * Look at a file without changing it: is it a project that this program can read?
 *
 * @param newest  the highest version it knows
 */
export function checkIsProject(file: string, newest: number): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new ProjectError(`There is no project "${file}". Check the path, or create a project there.`)
  if (!found.isFile()) throw new ProjectError(`"${file}" is a folder, not a project. Choose the project file in it.`)
  const sql = connectForReading(file)
  try {
    checkHeader(sql, file, newest)
  } catch (error) {
    throw storageError(error, file)
  } finally {
    sql.close()
  }
}

function checkHeader(sql: Database.Database, file: string, newest: number): void {
  if (sql.pragma('application_id', { simple: true }) !== applicationId) throw new ProjectError(notAProject(file))
  const version = versionOf(sql)
  if (version <= newest) return
  throw new ProjectError(
    `The project "${file}" is of version ${version}; this program knows versions up to ${newest}. ` +
      'Nothing was changed. Open it with a newer Metamer Lab.',
  )
}

/** A clean close leaves no WAL; after any other, look before writing. */
export function checkAfterUncleanExit(sql: Database.Database): void {
  if (sql.pragma('journal_mode', { simple: true }) !== 'wal') return
  const finding = sql.pragma('quick_check(1)', { simple: true }) as string
  if (finding === 'ok') return
  throw new ProjectError(
    `The project "${sql.name}" was damaged when the program last ended (${finding.split('\n').at(-1)}). Nothing was changed. ` +
      'Go back to a copy of it, or open it for reading only to export what is whole.',
  )
}

/** @returns a sentence, or null when nothing keeps us from writing */
export function reasonNotToWrite(file: string, { readOnly, isWritable: mayWrite = isWritable }: Access): string | null {
  if (readOnly) return 'The project was opened for reading only.'
  if (!mayWrite(file)) {
    return `The file "${file}" cannot be written to, so the project can only be read. Change its permissions, or work on a copy.`
  }
  const folder = path.dirname(file)
  if (mayWrite(folder)) return null
  return `The folder "${folder}" cannot be written to, so the project can only be read. Copy it to another folder to work on it.`
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK)
    return true
  } catch {
    return false
  }
}
