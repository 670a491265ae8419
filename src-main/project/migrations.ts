import { existsSync } from 'node:fs'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { first } from './migrations/001-first.ts'
import { trainings } from './migrations/002-trainings.ts'
import { histogramsOfNulls } from './migrations/003-nulls.ts'
import { recognition } from './migrations/004-recognition.ts'
import { inversions } from './migrations/005-inversions.ts'
import { trainingRecords } from './migrations/006-training-records.ts'

/** "MLab": tells a project from any other SQLite file. */
export const applicationId = 0x4d4c6162

/** Statements that lead from version n to n + 1, in order. Never change one that was released: add another. */
export const migrations: readonly string[] = [first, trainings, histogramsOfNulls, recognition, inversions, trainingRecords]

export function versionOf(sql: Database.Database): number {
  return sql.pragma('user_version', { simple: true }) as number
}

/**
 * Bring a project to the newest version, each step in one transaction. An empty file becomes a project.
 * An older project is copied beside itself first.
 *
 * @returns path of that copy, or null where none was needed
 */
export function migrate(sql: Database.Database, steps: readonly string[] = migrations): string | null {
  const version = versionOf(sql)
  if (version >= steps.length) return null
  const copy = version > 0 ? backUp(sql, version) : null
  for (let next = version; next < steps.length; next++) apply(sql, steps[next]!, next + 1)
  return copy
}

function apply(sql: Database.Database, step: string, version: number): void {
  sql
    .transaction(() => {
      sql.exec(step)
      sql.pragma(`application_id = ${applicationId}`)
      sql.pragma(`user_version = ${version}`)
    })
    .immediate()
}

/** By SQLite itself: copying a live file byte by byte can tear it. */
function backUp(sql: Database.Database, version: number): string {
  const { dir, name, ext } = path.parse(sql.name)
  const stem = path.join(dir, `${name} (version ${version})`)
  let copy = `${stem}${ext}`
  for (let n = 2; existsSync(copy); n++) copy = `${stem} ${n}${ext}`
  sql.prepare('VACUUM INTO ?').run(copy)
  return copy
}
