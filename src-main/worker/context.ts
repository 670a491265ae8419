import type { EngineInfo, NetworkSummary } from '../domain/network.ts'
import type { NamedArrays } from '../domain/weights.ts'
import type { WorkerEvent } from '../domain/workerMessages.ts'
import type { CochleagramFrontEnd } from '../engine/frontends/cochleagram.ts'
import type { Model } from '../engine/models/model.ts'
import type { ModelCache } from './modelCache.ts'
import type { RunningJobs } from './runningJobs.ts'

/** The networks this process can build: those of the catalogue, or a test's own. */
export interface NetworkSource {
  summaries(): NetworkSummary[]
  /** @throws ModelFileError when weights are needed and null */
  build(network: string, weights: NamedArrays | null): Model
}

/** What the requests share: all that this process remembers between them. */
export interface WorkerContext {
  readonly engine: EngineInfo
  readonly networks: NetworkSource
  readonly models: ModelCache
  /** Weights of trained networks, by name, as the host sent them. */
  readonly weights: Map<string, NamedArrays>
  readonly jobs: RunningJobs
  /** The front end with this many rows, for sounds of so many whole seconds (2 by default); made when first asked for. */
  frontEnd(rows: 211 | 171, durationS?: number): CochleagramFrontEnd
  tell(event: WorkerEvent): void
}
