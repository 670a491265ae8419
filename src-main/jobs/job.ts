import type { NetworkSummary } from '../domain/network.ts'
import type { JudgementJob } from '../domain/recognition.ts'
import type { NullJob, RunEnvironment, SynthesisProgress } from '../domain/run.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import type { TrainingProgress } from '../domain/training.ts'
import type { Project } from '../project/project.ts'
import type { WorkerLink } from './workerLink.ts'

/** Everything a job may use; handed in, so that tests need no engine, no clock and no files. */
export interface JobTools {
  project: Project
  link: WorkerLink
  /** Where a trained network's weights are; null for one that makes its own from a seed. */
  weightFile(network: string): Promise<string | null>
  /** What the compute process can run now. */
  networks(): Promise<NetworkSummary[]>
  /** The circumstances to record with a result. */
  environment(): Promise<RunEnvironment>
  /** Every usable picture or sound in a folder. */
  readPool(folder: string): Promise<StimulusFile[]>
  /** ISO 8601, UTC. */
  now(): string
  onProgress(progress: SynthesisProgress): void
  onNullProgress(job: NullJob): void
  onTrainingProgress(progress: TrainingProgress): void
  /** A network was added: ask anew which there are. */
  networksChanged(): void
  onJudgementProgress(job: JudgementJob): void
  /** Something failed that no run or null distribution can carry, such as a full disk: tell a person. */
  onProblem(error: unknown): void
  /** Runs of one network, layer and protocol that may be made at once; 1 makes them one after the other. */
  together(): number
  /** A checkpoint at least this often. */
  checkpointEveryS: number
}

/** What becomes of a job that is to stop. */
export type StopReason = 'paused' | 'cancelled'

/** Tells a job at work that it is to stop, and why. */
export interface Stopper {
  /** Aborted once it is to stop. */
  readonly signal: AbortSignal
  /** null while it is to go on. */
  readonly reason: StopReason | null
  /** Who cancels what is pausing already means it: the other way round changes nothing. */
  stop(reason: StopReason): void
}

export function createStopper(): Stopper {
  const controller = new AbortController()
  let given: StopReason | null = null
  return {
    signal: controller.signal,
    get reason() {
      return given
    },
    stop(reason) {
      given = given === 'cancelled' ? given : reason
      controller.abort()
    },
  }
}
