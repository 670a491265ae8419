import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { nullNoteFile, type NullNote } from '../domain/nullDistribution.ts'

/** Say in the folder of a null distribution that is being made what was asked for: should it be stopped, it can be found, and gone on with. */
export function noteNull(folder: string, note: NullNote): void {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, nullNoteFile)
  writeFileSync(`${file}.part`, JSON.stringify(note))
  renameSync(`${file}.part`, file)
}
