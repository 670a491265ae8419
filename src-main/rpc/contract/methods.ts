import { z } from 'zod'
import type { ErrorData } from '../../domain/errors.ts'
import { cardDraftSchema, type FileInspection, type GraphDescription, type ImportCheck, type TryOut, type WeightMatch } from '../../domain/importing.ts'
import type { EngineInfo, NetworkSummary } from '../../domain/network.ts'
import type { Protocol } from '../../domain/protocol.ts'
import { allTriesSchema, figureFormats, figureRequestSchema, figureSizeSchema, matrixMeasures, runSetSchema, type Figure, type LayerMatrix, type ListedSet } from '../../domain/figure.ts'
import { nullPlanSchema, type NullSummary, type StoppedNull } from '../../domain/nullDistribution.ts'
import { judgementPlanSchema, recognitionRules, recognitionStandards, type JudgementJob, type RecognitionRow } from '../../domain/recognition.ts'
import { retryPlanSchema, runPlanSchema, type NullJob, type RunDetail, type RunSummary, type SynthesisProgress } from '../../domain/run.ts'
import type { CochleagramPicture, ReferenceSummary, StimulusMimeType } from '../../domain/stimulus.ts'
import { togetherAtMost } from '../../domain/together.ts'
import type { DatasetSummary, TrainingProgress, TrainingSummary } from '../../domain/training.ts'
import { newTrainingPlanSchema } from '../../domain/trainingPlan.ts'
import { mostExamples, type DataSurvey, type SurveyProgress, type TrainingDetail, type TrainingExamples } from '../../domain/trainingRecords.ts'
import { bytes } from '../../domain/typedArrays.ts'
import type { StoredNullValues } from '../../domain/workerMessages.ts'

/** Every call the window can make: parameters are checked on arrival, results are typed. */

const id = z.int().positive()
const none = z.strictObject({})

export const methodSchemas = {
  'app.info': none,
  'project.current': none,
  'project.create': z.strictObject({ path: z.string().min(1) }),
  'project.open': z.strictObject({ path: z.string().min(1) }),
  /** Write the open project, as it is now, to another file; the open one stays open. */
  'project.saveCopy': z.strictObject({ path: z.string().min(1) }),
  /** Projects opened lately, newest first, and the folder new ones go to. */
  'project.recent': none,
  /** With model files or manifests instead of stimuli and projects, where those are asked for. */
  'folders.list': z.strictObject({ path: z.string(), show: z.enum(['projects and stimuli', 'models', 'manifests']).optional() }),
  'networks.list': none,
  /** An own network, its folder and all. Runs that were made with it stay. */
  'networks.remove': z.strictObject({ name: z.string().min(1) }),
  /** Write an own network's card to a file, to be shared: it names its weights by hash. */
  'networks.saveCard': z.strictObject({ name: z.string().min(1), path: z.string().min(1) }),
  /** What a file holds. Nothing in it is executed. */
  'imports.inspect': z.strictObject({ path: z.string().min(1) }),
  /** A whole network's nodes with their shapes, for inputs of the draft's size. */
  'imports.describe': z.strictObject({ path: z.string().min(1), draft: cardDraftSchema }),
  'imports.tryOut': z.strictObject({ path: z.string().min(1), draft: cardDraftSchema, stimulus: z.union([z.strictObject({ sample: z.string() }), z.strictObject({ path: z.string() })]) }),
  /** Add a whole network, under the draft's name. */
  'imports.save': z.strictObject({ path: z.string().min(1), draft: cardDraftSchema }),
  /** How the file's arrays fall to a catalogue network's weights. */
  'imports.match': z.strictObject({ path: z.string().min(1), network: z.string().min(1) }),
  /**
   * Add a catalogue network with the file's weights, under a name of its own. Refused where a weight is missing, and where a stimulus with
   * a known answer gets another; `unchecked` adds it in spite of that.
   */
  'imports.saveWeights': z.strictObject({
    path: z.string().min(1),
    network: z.string().min(1),
    name: z.string().min(1),
    source: z.string(),
    licence: z.string(),
    /** In the order of the outputs; absent: what the file's convention says. */
    labels: z.array(z.string()).optional(),
    unchecked: z.boolean().optional(),
  }),
  /** Add a network by a card that was shared and the file it names by hash. */
  'imports.card': z.strictObject({ card: z.string().min(1), path: z.string().min(1) }),
  'protocols.list': none,
  'samples.list': none,
  'samples.add': z.strictObject({ name: z.string().min(1) }),
  'references.list': none,
  'references.add': z.strictObject({ fileName: z.string().min(1).max(255), bytes }),
  /** The reference's file as it was added. */
  'references.file': z.strictObject({ id }),
  'references.cochleagram': z.strictObject({ id }),
  /** All that is done to a reference before this network takes it, what its decoding did included: one sentence each. */
  'references.notices': z.strictObject({ id, network: z.string().min(1) }),
  'runs.plan': runPlanSchema,
  'runs.list': none,
  /** Try failed runs and excluded metamers again. */
  'runs.retry': retryPlanSchema,
  /** Those that would be. */
  'runs.retriable': retryPlanSchema.pick({ tries: true }),
  /** Make the cochleagram of a run that moved it audible: by a run that matches it with a sound. */
  'runs.invert': z.strictObject({ id }),
  /** Make a set's runs with the other ReLU gradient, too: the paper's Figure 2. */
  'runs.planOtherGradient': z.strictObject({ set: runSetSchema }),
  'runs.detail': z.strictObject({ id }),
  /**
   * PNG, WAV or (of a cochleagram) NPY bytes, exactly as an export would write them. Of a run that stopped before its end, the metamer is what
   * its last checkpoint holds, rounded; its file name says "unfinished".
   */
  'runs.signal': z.strictObject({ id, which: z.enum(['metamer', 'reference']) }),
  'runs.cochleagrams': z.strictObject({ id }),
  'runs.cancel': z.strictObject({ id }),
  'runs.pause': z.strictObject({ id }),
  'runs.resume': z.strictObject({ id }),
  /** For good, with all that belongs to them alone and the sounds that make their cochleagrams audible. Refused where one waits or is at work. */
  'runs.remove': z.strictObject({ runIds: z.array(id).min(1) }),
  /** How many runs of one network, layer and protocol are made at once, where they can be; until the program ends. */
  'runs.atOnce': none,
  /** None that is at work is stopped. 1: one after the other. */
  'runs.setAtOnce': z.strictObject({ runs: z.int().min(1).max(togetherAtMost) }),
  /** Those that judge, one for each network and layer: of several the one with most pairs, of equal ones the latest. */
  'nulls.list': none,
  /** Those that do not, because another of their layer has more pairs. */
  'nulls.others': none,
  'nulls.start': nullPlanSchema,
  /** How many stimuli of a pool this network is shown, before one is made. */
  'nulls.pool': nullPlanSchema.pick({ network: true, poolFolder: true }),
  'nulls.cancel': z.strictObject({ jobId: id }),
  /** List those no longer that are over: how they ended has been read. */
  'nulls.dismiss': z.strictObject({ jobIds: z.array(id).min(1) }),
  /** Drop a stored null at all layers that it was made for, by the id of one of them; its runs are decided again, their earlier verdicts stay. */
  'nulls.remove': z.strictObject({ id }),
  /** Those that were begun and are not at work, in this session or an earlier one; the same plan goes on with one. */
  'nulls.stopped': none,
  /** Remove what a stopped one has done. */
  'nulls.drop': z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
  /** Of the weights with this hash; without it, the null that was stored last. */
  'nulls.histogram': z.strictObject({ network: z.string().min(1), layer: z.string().min(1), networkHash: z.string().optional() }),
  /** What there is to train on; an error where it does not fit. */
  'trainings.check': z.strictObject({ plan: newTrainingPlanSchema }),
  'trainings.plan': z.strictObject({ plan: newTrainingPlanSchema }),
  'trainings.list': none,
  'trainings.cancel': z.strictObject({ id }),
  'trainings.pause': z.strictObject({ id }),
  'trainings.resume': z.strictObject({ id }),
  /** Where new networks go. */
  'trainings.places': none,
  'trainings.detail': z.strictObject({ id }),
  /** Have a finished training's network looked at closely, and keep what is told. */
  'trainings.examine': z.strictObject({ id }),
  /** Go through every file of the manifests; one survey at a time. */
  'trainings.survey': z.strictObject({ plan: newTrainingPlanSchema }),
  'trainings.stopSurvey': none,
  /** Examples as the training hears or sees them, in its order, from 0. */
  'trainings.examples': z.strictObject({ plan: newTrainingPlanSchema, from: z.int().min(0), count: z.int().min(1).max(mostExamples) }),
  /** Have other networks name the signals of runs; what they named before is not asked again. */
  'judgements.start': judgementPlanSchema,
  'judgements.cancel': z.strictObject({ jobId: id }),
  'judgements.jobs': none,
  /** Proportions recognised, with the natural references beside them. */
  'judgements.table': z.strictObject({
    rule: z.enum(recognitionRules),
    standard: z.enum(recognitionStandards),
    /** Only metamers that met both inclusion criteria, as the paper has it. */
    includedOnly: z.boolean(),
    allTries: allTriesSchema,
    runIds: z.array(id).min(1).optional(),
  }),
  /** The whole table, under every rule and standard, as a file (CSV). */
  'judgements.tableFile': z.strictObject({ includedOnly: z.boolean() }),
  'answers.list': none,
  /** Keep the true class of references: a label, the index of one, or one of the 16 categories; null forgets it. */
  'answers.set': z.strictObject({ answers: z.array(z.strictObject({ referenceId: id, answer: z.string().min(1).max(200).nullable() })).min(1) }),
  /** Finished runs by network and protocol. */
  'sets.list': none,
  'figures.matrix': z.strictObject({ set: runSetSchema, runIds: z.array(id).min(1).optional(), measure: z.enum(matrixMeasures), includedOnly: z.boolean(), allTries: allTriesSchema }),
  'figures.draw': z.strictObject({ request: figureRequestSchema, size: figureSizeSchema }),
  /** The same as a file: SVG, PNG, the numbers as CSV, or the caption as text. */
  'figures.file': z.strictObject({ request: figureRequestSchema, size: figureSizeSchema, format: z.enum(figureFormats) }),
  /** All of these, drawn once. */
  'figures.files': z.strictObject({ request: figureRequestSchema, size: figureSizeSchema }),
  /**
   * All figures of the project in one HTML file. Stimuli: with all of them, with none, or with those of the references that bear these names. Note: shown at the
   * top.
   */
  'report.make': z.strictObject({ includedOnly: z.boolean(), allTries: allTriesSchema, note: z.string().max(10_000).optional(), stimuli: z.union([z.boolean(), z.array(z.string()).min(1)]) }),
  'export.stimulusSet': z.strictObject({ runIds: z.array(id).min(1), folder: z.string().min(1) }),
} as const

export type MethodName = keyof typeof methodSchemas
/** As a caller writes them: what has a default may be left out. */
export type Params<M extends MethodName> = z.input<(typeof methodSchemas)[M]>
/** As a handler gets them. */
export type CheckedParams<M extends MethodName> = z.output<(typeof methodSchemas)[M]>

export interface ProjectSummary {
  path: string
  name: string
  /** Set when the file can only be read: why. */
  readOnlyReason: string | null
  /** Told once, when a project of an older version was opened and brought to the newest: where it lies as it was. */
  olderCopy?: string
}

export interface AppInfo {
  version: string
  engine: EngineInfo
  /** 'electron' or 'browser': which shell shows the window. */
  shell: 'electron' | 'browser'
}

export interface FolderListing {
  path: string
  parent: string | null
  folders: string[]
  /** Files that the program can open: projects, pictures, sounds; or those that may hold a network. */
  files: Array<{ name: string; byteLength: number }>
}

export interface SampleSummary {
  name: string
  kind: 'image' | 'audio'
  title: string
  licence: string
}

/** A stored null counts for the weights it was made with, and for no others of the same network. */
export interface ListedNull extends NullSummary {
  id: number
  networkHash: string
  /** ISO 8601, UTC. */
  madeAt: string
}

export interface Results {
  'app.info': AppInfo
  'project.current': ProjectSummary | null
  'project.create': ProjectSummary
  'project.open': ProjectSummary
  'project.saveCopy': { path: string }
  'project.recent': { folder: string; paths: string[] }
  'folders.list': FolderListing
  'networks.list': NetworkSummary[]
  'networks.remove': null
  'networks.saveCard': { path: string }
  'imports.inspect': FileInspection
  'imports.describe': GraphDescription
  'imports.tryOut': TryOut
  'imports.save': NetworkSummary
  'imports.match': WeightMatch
  'imports.saveWeights': { network: NetworkSummary; checks: ImportCheck[] }
  'imports.card': NetworkSummary
  'protocols.list': Array<{ protocol: Protocol; note: string }>
  'samples.list': SampleSummary[]
  'samples.add': ReferenceSummary
  'references.list': ReferenceSummary[]
  'references.add': ReferenceSummary
  'references.file': { fileName: string; bytes: Uint8Array }
  'references.cochleagram': CochleagramPicture
  'references.notices': { notices: string[] }
  'runs.plan': { runIds: number[] }
  'runs.list': RunSummary[]
  'runs.retry': { runIds: number[] }
  'runs.retriable': RunSummary[]
  'runs.invert': { runId: number }
  'runs.planOtherGradient': { runIds: number[] }
  'runs.detail': RunDetail
  'runs.signal': { fileName: string; mimeType: StimulusMimeType; bytes: Uint8Array }
  'runs.cochleagrams': { reference: CochleagramPicture; metamer: CochleagramPicture } | null
  'runs.cancel': null
  'runs.pause': null
  'runs.resume': null
  /** All that went. */
  'runs.remove': { runIds: number[] }
  'runs.atOnce': { runs: number }
  'runs.setAtOnce': null
  'nulls.list': { nulls: ListedNull[]; jobs: NullJob[] }
  'nulls.others': ListedNull[]
  'nulls.start': { jobId: number }
  /** Copies of one file count once when it is made. */
  'nulls.pool': { stimuli: number }
  'nulls.cancel': null
  'nulls.dismiss': null
  'nulls.remove': null
  'nulls.stopped': StoppedNull[]
  'nulls.drop': null
  'nulls.histogram': StoredNullValues | null
  'trainings.check': DatasetSummary
  'trainings.plan': { id: number }
  'trainings.list': TrainingSummary[]
  'trainings.cancel': null
  'trainings.pause': null
  'trainings.resume': null
  'trainings.places': { networksFolder: string }
  'trainings.detail': TrainingDetail
  'trainings.examine': null
  /** null when it was stopped */
  'trainings.survey': DataSurvey | null
  'trainings.stopSurvey': null
  'trainings.examples': TrainingExamples
  'judgements.start': { jobId: number }
  'judgements.cancel': null
  'judgements.jobs': JudgementJob[]
  'judgements.table': RecognitionRow[]
  'judgements.tableFile': { fileName: string; mimeType: string; bytes: Uint8Array }
  'answers.list': Array<{ referenceId: number; answer: string }>
  'answers.set': null
  'sets.list': ListedSet[]
  'figures.matrix': LayerMatrix
  'figures.draw': Figure
  'figures.file': { fileName: string; mimeType: string; bytes: Uint8Array }
  'figures.files': Array<{ fileName: string; mimeType: string; bytes: Uint8Array }>
  'report.make': { fileName: string; mimeType: string; bytes: Uint8Array }
  'export.stimulusSet': { folder: string; files: number }
}

/** What the program tells the window unasked. Only progress and change events travel upwards. */
export interface Events {
  /** Something stored has changed: ask again for what you show. */
  changed: { what: 'project' | 'references' | 'runs' | 'nulls' | 'trainings' | 'networks' | 'recognitions'; ids: number[] }
  progress: SynthesisProgress
  nullProgress: NullJob
  trainingProgress: TrainingProgress
  surveyProgress: SurveyProgress
  judgementProgress: JudgementJob
  /** A network's file is being read. */
  loading: { network: string; doneBytes: number; totalBytes: number }
  /** Something failed that belongs to no call, run or null distribution, such as a full disk. */
  problem: ErrorData
}
export type EventName = keyof Events
