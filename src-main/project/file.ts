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

/** Write all that a connection sees as a file of its own, without the room that removed runs left where that is much; nothing half-made stays. @throws ProjectError */
export async function saveCopy(sql: Database.Database, file: string): Promise<string> {
  checkFolder(file, {})
  checkNew(file)
  try {
    // Packed, it is written in one go, for which all else waits: only where that is worth it.
    if (freeShare(sql) > 0.1) sql.prepare('VACUUM INTO ?').run(file)
    else await sql.backup(file)
    return file
  } catch (error) {
    rmSync(file, { force: true })
    throw storageError(error, file)
  }
}

function freeShare(sql: Database.Database): number {
  const [free, all] = ['freelist_count', 'page_count'].map((name) => sql.pragma(name, { simple: true }) as number) as [number, number]
  return free / all
}
