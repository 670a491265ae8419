import type Database from 'better-sqlite3'
import { ProjectError } from '../domain/errors.ts'
import type { Change, ChangeSource } from './changes.ts'
import { storageError } from './failures.ts'

/** One open connection, through which everything in this folder reads and writes. */
export interface Store {
  readonly sql: Database.Database
  /**
   * Do some work in one transaction; inside another, in that one. All of it is stored, or nothing.
   *
   * @param lasting  wait until the disk has it: for results, which took long to make
   * @throws ProjectError when the project can only be read, the disk is full, ...
   */
  write<T>(work: () => T, lasting?: 'lasting'): T
  /** Tell of a change once the transaction around it is stored. */
  announce(what: Change['what'], ids: number[]): void
}

export function createStore(
  sql: Database.Database,
  path: string,
  readOnlyReason: string | null,
  changes: ChangeSource,
): Store {
  let pending: Change[] = []

  function outermost<T>(work: () => T, lasting: boolean): T {
    if (lasting) sql.pragma('synchronous = FULL')
    try {
      const result = sql.transaction(work).immediate()
      const told = pending
      pending = []
      told.forEach(changes.emit)
      return result
    } catch (error) {
      throw storageError(error, path)
    } finally {
      pending = []
      if (lasting) sql.pragma('synchronous = NORMAL')
    }
  }

  return {
    sql,
    write(work, lasting) {
      if (readOnlyReason) throw new ProjectError(`Nothing was changed. ${readOnlyReason}`)
      return sql.inTransaction ? work() : outermost(work, lasting !== undefined)
    },
    announce: (what, ids) => void pending.push({ what, ids }),
  }
}
