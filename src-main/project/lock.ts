import { rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { sqliteCode } from './failures.ts'

/** Held while a project is open for writing. */
export interface ProjectLock {
  release(): void
}

/**
 * Take the right to write a project.
 *
 * The lock is an exclusive transaction on a tiny file beside the project: the operating system ends it with the process,
 * however that dies, so a stale lock cannot exist. The project's own file cannot serve: locked like this, nobody else
 * could read it.
 *
 * @returns null when another program, or another part of this one, holds it
 */
export function lockProject(path: string): ProjectLock | null {
  const file = `${path}.lock`
  // The holder before us may remove the file between our opening and our locking it: then try with the new one.
  for (let attempt = 0; attempt < 10; attempt++) {
    const before = inodeOf(file)
    const sql = tryLock(file)
    if (!sql) return null
    const after = inodeOf(file)
    if (after !== null && (before === null || before === after)) return { release: () => release(sql, file) }
    sql.close()
  }
  return null
}

function tryLock(file: string): Database.Database | null {
  const sql = new Database(file, { timeout: 0 })
  try {
    sql.exec('BEGIN EXCLUSIVE')
    return sql
  } catch (error) {
    sql.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

function release(sql: Database.Database, file: string): void {
  // Removed while still held, so that nobody's lock but ours can be on it. Windows refuses, and keeps an empty file.
  try {
    rmSync(file, { force: true })
  } catch {
    // The empty file does no harm: the lock is not the file but the transaction.
  }
  sql.close()
}

function inodeOf(file: string): bigint | null {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null
}
