import { z } from 'zod'
import type { StimulusKind } from './network.ts'
import { recognitionRules, recognitionStandards } from './recognition.ts'
import { surveyedDataSchema } from './surveyedData.ts'
import { exampleOriginSchema, wordExampleSchema } from './wordExample.ts'

/** What can be drawn of many runs together. */

export const matrixMeasures = ['rho', 'pearson', 'dbAuthors', 'dbPower'] as const
export type MatrixMeasure = (typeof matrixMeasures)[number]

/** Runs that belong together: one network with one set of weights, one protocol. */
export const runSetSchema = z.strictObject({
  network: z.string().min(1),
  networkHash: z.string().min(1),
  /** Its name, which says what was changed. */
  protocol: z.string().min(1),
})
export type RunSet = z.infer<typeof runSetSchema>

export interface ListedSet extends RunSet {
  kind: StimulusKind
  /** Generation layers, in the network's order. */
  layers: string[]
  finished: number
  included: number
}

export const histogramCounts = ['linear', 'log'] as const

/** Of trainings: losses of training and validation, the scores of the validations, or the learning rate. */
export const trainingCurves = ['loss', 'scores', 'rate'] as const
export type TrainingCurve = (typeof trainingCurves)[number]

/** Of data to train on: clips or pictures of each label in each split, or how long or large the files are. */
export const dataCharts = ['counts', 'sizes'] as const

export const exampleCharts = ['cochleagram', 'waveform'] as const

const set = runSetSchema
/** Only metamers that met both inclusion criteria. */
const includedOnly = z.boolean()
/** Only these of the set; absent: all of it. */
const runIds = z.array(z.int().positive()).min(1).optional()
/** Also those that a later try has taken the place of; absent: without them, unless they are named. */
export const allTriesSchema = z.boolean().optional()

const training = z.int().positive()
const trainings = z.array(training).min(1).max(20)

export const figureRequestSchema = z.discriminatedUnion('kind', [
  /** Metamers generated at one layer, measured at every other. */
  z.strictObject({ kind: z.literal('matrix'), set, runIds, includedOnly, allTries: allTriesSchema, measure: z.enum(matrixMeasures) }),
  /** Proportion that other networks recognise, by generation layer. */
  z.strictObject({ kind: z.literal('recognition'), set, includedOnly, allTries: allTriesSchema, rule: z.enum(recognitionRules), standard: z.enum(recognitionStandards) }),
  /** Null distribution and metamers of one layer. */
  z.strictObject({ kind: z.literal('histogram'), set, layer: z.string().min(1), allTries: allTriesSchema, counts: z.enum(histogramCounts) }),
  /** Null distribution of one layer by itself. */
  z.strictObject({ kind: z.literal('null'), network: z.string().min(1), networkHash: z.string().min(1), layer: z.string().min(1), counts: z.enum(histogramCounts) }),
  /** ρ with and without the modified ReLU gradient, by generation layer. */
  z.strictObject({ kind: z.literal('relu'), set, allTries: allTriesSchema }),
  /** Activations of one metamer against its reference's, at any stage. */
  z.strictObject({ kind: z.literal('scatter'), run: z.int().positive(), layer: z.string().min(1) }),
  /** Where they differ: over space, or frequency and time. */
  z.strictObject({ kind: z.literal('errorMap'), run: z.int().positive(), layer: z.string().min(1), channel: z.int().min(0).nullable() }),
  /** The loss of one run over its updates. */
  z.strictObject({ kind: z.literal('loss'), run: z.int().positive() }),
  /** Cochleagrams of the metamer and the reference of one run. */
  z.strictObject({ kind: z.literal('cochleagrams'), run: z.int().positive() }),
  /** Their waveforms. */
  z.strictObject({ kind: z.literal('waveforms'), run: z.int().positive() }),
  /** The best labels that the network gives each. */
  z.strictObject({ kind: z.literal('labels'), run: z.int().positive() }),
  /** Curves of one or several trainings over their updates. */
  z.strictObject({ kind: z.literal('training'), trainings, curve: z.enum(trainingCurves) }),
  /** Scores of one or several finished trainings on what they were not trained on, by SNR. */
  z.strictObject({ kind: z.literal('tests'), trainings }),
  /** What a finished network takes for what. */
  z.strictObject({ kind: z.literal('confusions'), training }),
  /** Area under the ROC curve of each background sound. */
  z.strictObject({ kind: z.literal('areas'), training }),
  /** Its first convolution. */
  z.strictObject({ kind: z.literal('kernels'), training }),
  /** What a look at the data of a training counted. */
  z.strictObject({ kind: z.literal('data'), chart: z.enum(dataCharts), data: surveyedDataSchema }),
  /** A mixed example as a training hears it. */
  z.strictObject({ kind: z.literal('example'), chart: z.enum(exampleCharts), example: wordExampleSchema, origin: exampleOriginSchema }),
])
export type FigureRequest = z.infer<typeof figureRequestSchema>
/** Of what no project stores: its values come with the request. */
export type HandedFigureRequest = Extract<FigureRequest, { kind: 'data' | 'example' }>
export type StoredFigureRequest = Exclude<FigureRequest, HandedFigureRequest>
/** Those that are chosen among results; the others stand beside the run, the null distribution, the training or the data that they are of. */
export type ResultsFigureKind = Extract<FigureRequest['kind'], 'matrix' | 'recognition' | 'histogram' | 'relu' | 'scatter' | 'errorMap'>

/** The smallest and the largest. */
export const figureLimits = { widthMm: [40, 600], heightMm: [30, 600], dpi: [50, 1200] } as const

export const figureSizeSchema = z.strictObject({
  widthMm: z.number().min(figureLimits.widthMm[0]).max(figureLimits.widthMm[1]),
  heightMm: z.number().min(figureLimits.heightMm[0]).max(figureLimits.heightMm[1]),
  /** Of a PNG. */
  dpi: z.int().min(figureLimits.dpi[0]).max(figureLimits.dpi[1]),
})
export type FigureSize = z.infer<typeof figureSizeSchema>

/** Two columns of a journal's page. */
export const usualSize: FigureSize = { widthMm: 174, heightMm: 110, dpi: 300 }

export const figureFormats = ['svg', 'png', 'csv', 'txt'] as const
export type FigureFormat = (typeof figureFormats)[number]

export type FigureCell = string | number | null

/** Metamers in a drawing, and where they stand: shares of its width and height, from the left and from the top. */
export interface FigurePlace {
  runs: number[]
  left: number
  top: number
  width: number
  height: number
}

/** A drawing with its numbers and the sentence that belongs under it. */
export interface Figure {
  /** A file name without its ending. */
  name: string
  title: string
  /** States n, preset, null size and program. */
  caption: string
  svg: string
  /** What can be pointed at, from left to right. Empty where single metamers have no place of their own. */
  places: FigurePlace[]
  records: Array<Record<string, FigureCell>>
}

export interface MatrixCell {
  generated: string
  measured: string
  /** Over references, after the metamers of each. */
  mean: number
  /** NaN for a single reference. */
  sem: number
  /** References. */
  n: number
  metamers: number
}

/** Likeness of metamers and references, by generation layer and measured layer. */
export interface LayerMatrix {
  set: RunSet
  measure: MatrixMeasure
  /** In the network's order. */
  generated: string[]
  measured: string[]
  cells: MatrixCell[]
}
