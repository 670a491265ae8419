import { ProjectError } from '../domain/errors.ts'
import type { StimulusKind } from '../domain/network.ts'
import type { ReferenceSummary } from '../domain/stimulus.ts'
import { sha256, type Blobs } from './blobs.ts'
import type { Store } from './store.ts'

export interface NewReference {
  kind: StimulusKind
  fileName: string
  /** The whole file, as it was given. */
  bytes: Uint8Array
  notices: string[]
}

export interface References {
  /** Store a checked stimulus. The same file under the same name is stored once: its first entry comes back. */
  add(reference: NewReference, addedAt: string): ReferenceSummary
  list(): ReferenceSummary[]
  /** @throws ProjectError when there is none with this id */
  summary(id: number): ReferenceSummary
  /** The file as it was added. @throws ProjectError when there is none with this id */
  file(id: number): { fileName: string; bytes: Uint8Array }
}

interface Row {
  id: number
  kind: StimulusKind
  file_name: string
  byte_length: number
  notices: string
  added_at: string
  blob: string
}

export function createReferences(store: Store, blobs: Blobs): References {
  const { sql } = store
  const all = sql.prepare<[], Row>('SELECT * FROM reference_stimuli ORDER BY id')
  const byId = sql.prepare<[number], Row>('SELECT * FROM reference_stimuli WHERE id = ?')
  const byFile = sql.prepare<[string, string], Row>('SELECT * FROM reference_stimuli WHERE blob = ? AND file_name = ?')
  const insert = sql.prepare<[string, string, number, string, string, string]>(
    'INSERT INTO reference_stimuli (kind, file_name, byte_length, notices, added_at, blob) VALUES (?, ?, ?, ?, ?, ?)',
  )

  function row(id: number): Row {
    const found = byId.get(id)
    if (!found) throw new ProjectError(`There is no reference ${id} in this project. Add the stimulus first.`)
    return found
  }

  return {
    add({ kind, fileName, bytes, notices }, addedAt) {
      const known = byFile.get(sha256(bytes), fileName)
      if (known) return summaryOf(known)
      return store.write(() => {
        const blob = blobs.put(bytes)
        const added = insert.run(kind, fileName, bytes.byteLength, JSON.stringify(notices), addedAt, blob)
        const id = Number(added.lastInsertRowid)
        store.announce('references', [id])
        return summaryOf(row(id))
      })
    },
    list: () => all.all().map(summaryOf),
    summary: (id) => summaryOf(row(id)),
    file(id) {
      const { file_name, blob } = row(id)
      return { fileName: file_name, bytes: blobs.get(blob) }
    },
  }
}

function summaryOf(row: Row): ReferenceSummary {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    hash: row.blob,
    byteLength: row.byte_length,
    notices: JSON.parse(row.notices) as string[],
    addedAt: row.added_at,
  }
}
