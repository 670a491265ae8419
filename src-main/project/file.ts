import { rmSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { checkFolder, checkNew } from './checks.ts'
import { storageError } from './failures.ts'

/** What tells a file from another under its name; null when nothing can be seen there. */
export function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file)
    return `${dev} ${ino}`
  } catch {
    return null
  }
}

/** Write all that a connection sees as a file of its own, without the room that removed runs left; nothing half-made stays. @throws ProjectError */
export async function saveCopy(sql: Database.Database, file: string): Promise<string> {
  checkFolder(file, {})
  checkNew(file)
  try {
    if (hasFreeRoom(sql)) sql.prepare('VACUUM INTO ?').run(file)
    else await sql.backup(file)
    return file
  } catch (error) {
    rmSync(file, { force: true })
    throw storageError(error, file)
  }
}

function hasFreeRoom(sql: Database.Database): boolean {
  return (sql.pragma('freelist_count', { simple: true }) as number) > 0
}
