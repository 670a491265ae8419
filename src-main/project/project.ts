import path from 'node:path'
import type Database from 'better-sqlite3'
import { createBlobs } from './blobs.ts'
import type { Changes, ChangeSource } from './changes.ts'
import { identityOf, saveCopy } from './file.ts'
import { createNetworks, type UsedNetwork } from './networks.ts'
import { createNulls, type Nulls } from './nulls.ts'
import { createAnswers, createRecognitions, type Answers, type Recognitions } from './recognitions.ts'
import { createReferences, type References } from './references.ts'
import { createRuns, type Runs } from './runs.ts'
import { createSettings } from './settings.ts'
import { createStore } from './store.ts'
import { createTrainings, type Trainings } from './trainings.ts'

/** An open project: the only way to what its file holds. Every call is synchronous and stored when it returns. */
export interface Project {
  readonly path: string
  /** The file's name without its ending. */
  readonly name: string
  /** Why nothing can be stored, in a sentence; null when all can. */
  readonly readOnlyReason: string | null
  /** Where the file lies as it was before it was brought to the newest version just now; null where nothing was to be done. */
  readonly olderCopy: string | null
  readonly references: References
  readonly runs: Runs
  readonly nulls: Nulls
  readonly trainings: Trainings
  readonly recognitions: Recognitions
  readonly answers: Answers
  readonly changes: Changes
  /** Networks that the project's runs and null distributions were made with. */
  networks(): UsedNetwork[]
  /** Do several writing calls as one: all are stored, or none. Listeners hear of it afterwards. */
  atOnce<T>(work: () => T): T
  /** Is the file still where it was opened? What is stored goes on into it, wherever it is, until the project is closed. */
  isInPlace(): boolean
  /**
   * Write all that is stored as another project file, also when this one's is gone.
   *
   * @returns its absolute path
   * @throws ProjectError when the place is taken, or cannot be written to
   */
  saveCopy(file: string): Promise<string>
  /** Leave one whole file behind, and free it for others. Calling it again does nothing. */
  close(): void
}

export function createProjectOver(
  sql: Database.Database,
  file: string,
  readOnlyReason: string | null,
  changes: ChangeSource,
  closeFile: () => void,
  olderCopy: string | null = null,
): Project {
  const store = createStore(sql, file, readOnlyReason, changes)
  const blobs = createBlobs(store)
  const networks = createNetworks(store)
  const settings = createSettings(store)
  const opened = identityOf(file)
  return {
    path: file,
    name: path.parse(file).name,
    readOnlyReason,
    olderCopy,
    references: createReferences(store, blobs),
    runs: createRuns(store, blobs, networks, settings),
    nulls: createNulls(store, blobs, networks),
    trainings: createTrainings(store, settings),
    recognitions: createRecognitions(store, blobs, networks),
    answers: createAnswers(store),
    changes,
    networks: networks.list,
    atOnce: (work) => store.write(work, 'lasting'),
    isInPlace: () => identityOf(file) === opened,
    saveCopy: (copy) => saveCopy(sql, path.resolve(copy)),
    close() {
      if (!sql.open) return
      changes.end()
      closeFile()
    },
  }
}
