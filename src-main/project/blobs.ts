import { createHash } from 'node:crypto'
import type { Store } from './store.ts'

/** Bytes found by what they are: equal bytes are stored once, however many runs share them. */
export interface Blobs {
  /** @returns the bytes' SHA-256, by which to get them again */
  put(bytes: Uint8Array): string
  get(hash: string): Uint8Array
  /** Drop bytes, unless something stored still names them. */
  forget(hash: string): void
}

export function createBlobs({ sql }: Store): Blobs {
  const insert = sql.prepare<[string, Uint8Array]>('INSERT OR IGNORE INTO blobs (hash, bytes) VALUES (?, ?)')
  const select = sql.prepare<[string], Uint8Array>('SELECT bytes FROM blobs WHERE hash = ?').pluck()
  const drop = sql.prepare<[string]>('DELETE FROM blobs WHERE hash = ?')
  return {
    put(bytes) {
      const hash = sha256(bytes)
      insert.run(hash, bytes)
      return hash
    },
    // Foreign keys keep each hash that is stored anywhere resolvable.
    get: (hash) => select.get(hash)!,
    forget(hash) {
      try {
        drop.run(hash)
      } catch (error) {
        if ((error as { code?: string }).code !== 'SQLITE_CONSTRAINT_FOREIGNKEY') throw error
      }
    },
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
