import type { Card } from '../domain/card.ts'
import type { EngineInfo, NetworkSummary } from '../domain/network.ts'
import type { NamedArrays } from '../domain/weights.ts'
import type { CardFile, WorkerEvent } from '../domain/workerMessages.ts'
import type { CochleagramFrontEnd } from '../engine/frontends/cochleagram.ts'
import type { CatalogueEntry } from '../engine/models/catalogue.ts'
import type { Model } from '../engine/models/model.ts'
import type { ModelCache } from './modelCache.ts'
import type { RunningJobs } from './runningJobs.ts'
import type { SharedSteps } from './sharedSteps.ts'

/** The networks this process can build: those of the catalogue and the user's own, or a test's. */
export interface NetworkSource {
  summaries(): NetworkSummary[]
  /** Know these beside the catalogue's, in place of those told before. @returns what is wrong with the others, a sentence each */
  use(cards: CardFile[]): string[]
  /**
   * Read a network's file and keep what is in it.
   *
   * @param told  called as it is read
   * @throws ModelFileError when it is not the one that the network's card names, or is damaged
   */
  load(network: string, file: string, told: (doneBytes: number, totalBytes: number) => void): Promise<void>
  /** @throws ModelFileError when its file is needed and was not loaded */
  build(network: string): Model
  /** @throws ModelFileError that lists the networks when there is none of that name */
  card(network: string): Card
  /** What another network can begin with. @throws ModelFileError when its weights were not loaded, or are a whole graph */
  base(network: string): BaseNetwork
}

/** A network's card, code and weights. */
export interface BaseNetwork {
  entry: CatalogueEntry
  arrays: NamedArrays
}

/** What the requests share: all that this process remembers between them. */
export interface WorkerContext {
  readonly engine: EngineInfo
  readonly networks: NetworkSource
  readonly models: ModelCache
  readonly jobs: RunningJobs
  readonly steps: SharedSteps
  /** First file of the thread that makes examples to train on. */
  readonly exampleThread: URL
  /** First file of the thread that listens to a data set. */
  readonly surveyThread: URL
  /** The front end with this many rows, for sounds of so many whole seconds (2 by default); made when first asked for. */
  frontEnd(rows: 211 | 171, durationS?: number): CochleagramFrontEnd
  tell(event: WorkerEvent): void
}
