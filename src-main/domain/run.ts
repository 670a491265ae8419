import { z } from 'zod'
import type { ErrorData } from './errors.ts'
import { newProtocolSchema, protocolSchema, type Protocol } from './protocol.ts'
import type { StimulusKind } from './network.ts'
import type { CochleagramPicture, QuantisedSignal } from './stimulus.ts'

export const runStates = ['planned', 'running', 'paused', 'interrupted', 'cancelled', 'failed', 'finished'] as const
export type RunState = (typeof runStates)[number]

/** What is asked for: network x layers x references, one seed. */
export const runPlanSchema = z.strictObject({
  network: z.string().min(1),
  layers: z.array(z.string().min(1)).min(1),
  referenceIds: z.array(z.int().positive()).min(1),
  protocol: newProtocolSchema,
  seed: z.int().min(0).max(0xffff_ffff),
  /** Leave out what is made already, or waits. */
  onlyNew: z.boolean().optional(),
})
export type RunPlan = z.infer<typeof runPlanSchema>

/** Failed metamers to try again, with a new seed each. */
export const retryPlanSchema = z.strictObject({
  runIds: z.array(z.int().positive()).min(1),
  changes: z.strictObject({ updates: protocolSchema.shape.updates.optional(), learningRate: z.number().positive().optional() }),
  /** Runs of one metamer at most, the first one counted. */
  tries: z.int().min(2).max(100),
})
export type RetryPlan = z.infer<typeof retryPlanSchema>

/** Likeness of metamer and reference at one stage. NaN where undefined (constant activations). */
export interface StageMeasurement {
  stage: string
  /** Spearman correlation, tied ranks averaged. */
  rho: number
  pearson: number
  /** The authors' "dB SNR": 10 log10(|a| / |a - b|). */
  dbAuthors: number
  /** Conventional power ratio: 20 log10(|a| / |a - b|). */
  dbPower: number
  referenceNorm: number
  differenceNorm: number
}

/** One label with its probability (softmax or sigmoid of the logit; of a text, the geometric mean over its steps). */
export interface LabelScore {
  index: number
  label: string
  probability: number
}

/** Top labels of one signal, best first, or its text alone; null for a network without labels. */
export interface Recognition {
  top: LabelScore[]
  /** The category by the 16-way rule, pictures with ImageNet labels only. */
  category16: string | null
}

/** How a null distribution stands; told as it goes. */
export interface NullJob {
  jobId: number
  network: string
  pairs: number
  state: 'running' | 'finished' | 'cancelled' | 'failed'
  done: number
  total: number
  phase: 'activations' | 'pairs'
  message: string | null
  /** Of a failed one: what `message` says, with the kind of error. */
  error: ErrorData | null
}

export interface Verdict {
  outcome: 'included' | 'excluded' | 'undecided'
  /** In words, with figures: which criterion, by how much. */
  reason: string
  sameLabel: 'yes' | 'no' | 'not applicable'
  aboveNull: 'yes' | 'no' | 'no null yet'
  /** The null it was decided against. */
  null: { pairs: number; maximum: number } | null
}

/** Everything measured on one metamer. */
export interface Judgement {
  /** On the signal as exported (8-bit or 16-bit). */
  stages: StageMeasurement[]
  /** The float signal's values, kept beside. */
  floatStages: StageMeasurement[]
  labels: { reference: Recognition; metamer: Recognition } | null
}

export interface RunSummary {
  id: number
  state: RunState
  network: string
  networkHash: string
  kind: StimulusKind
  layer: string
  referenceId: number
  referenceName: string
  protocol: Protocol
  seed: number
  /** The run that this one tries again; null for a first try. */
  retryOf: number | null
  /** The run whose cochleagram this one makes audible: its reference is that, not the natural stimulus. Mostly null. */
  inverts: number | null
  /** Updates made so far. */
  updatesDone: number
  /** Seconds of synthesis so far. */
  seconds: number
  loss: { first: number; last: number } | null
  /** At the generation layer, on the exported signal. */
  rho: number | null
  labels: { reference: string; metamer: string } | null
  verdict: Verdict | null
  /** Why it failed or was interrupted; of a finished run, what was done to its reference and what rounding its signals cost. */
  message: string | null
  createdAt: string
  finishedAt: string | null
}

export interface DatedVerdict extends Verdict {
  decidedAt: string
}

export interface RunDetail extends RunSummary {
  /** All that was ever decided, oldest first; the last one counts. They change when a null distribution grows. */
  verdicts: DatedVerdict[]
  /** Loss before each update; thinned to at most 2,000 points. */
  lossCurve: { update: Float64Array; loss: Float64Array }
  judgement: Judgement | null
  environment: RunEnvironment | null
}

/** The circumstances of a run: enough to say what made a number. */
export interface RunEnvironment {
  program: string
  node: string
  backend: string
  tensorflow: string | null
  device: string
  threads: number
  platform: string
}

/** State from which a synthesis goes on exactly as if it had not stopped. */
export interface Checkpoint {
  /** Updates already made. */
  update: number
  signal: Float32Array
  /** What the optimiser remembers: Adam's first and second moments; for L-BFGS see engine/synthesis/lbfgs. */
  m: Float32Array
  v: Float32Array
  /** Loss before each update made so far. */
  losses: Float32Array
  seconds: number
}

export interface SynthesisProgress {
  runId: number
  update: number
  updates: number
  loss: number
  firstLoss: number
  updatesPerSecond: number
  /** Seconds left at this speed. */
  remainingS: number
  preview: Preview | null
}

/** What the signal looks like now, at most four times a second. */
export type Preview =
  | { kind: 'image'; height: number; width: number; rgb: Uint8Array }
  | { kind: 'audio'; cochleagram: CochleagramPicture }

/** What the compute process hands back for one run. */
export interface SynthesisResult {
  checkpoint: Checkpoint
  /** Loss of the final signal, after the last update. */
  finalLoss: number
  firstLoss: number
  quantised: QuantisedSignal
  /** What was done to the reference (cropped, resampled, ...) and what rounding cost (samples that were clipped), in sentences; null: nothing. */
  notice: string | null
  /** The reference as the network took it, quantised the same way, for export and side-by-side. */
  reference: QuantisedSignal
  cochleagrams: { reference: CochleagramPicture; metamer: CochleagramPicture } | null
  judgement: Judgement
  verdict: Verdict
}
