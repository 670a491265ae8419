import { z } from 'zod'
import { cardSchema, type Card } from './card.ts'
import type { StageSummary } from './network.ts'

/** What is said and asked while a file becomes a network: plain data, no tensors. */

export const modelFileFormats = [
  'onnx', 'tfjs-graph', 'tfjs-layers', 'keras', 'keras-h5', 'safetensors', 'pytorch-zip', 'pytorch-legacy', 'tensorflow-checkpoint', 'npz',
] as const
export type ModelFileFormat = (typeof modelFileFormats)[number]

/** What a file was found to be. */
export interface FileInspection {
  path: string
  fileName: string
  format: ModelFileFormat
  byteLength: number
  /** SHA-256 of the file; of several files, of all of them. */
  hash: string
  arrays: number
  parameters: number
  /** Weights that are no finite numbers, entries that were skipped: a sentence each. */
  warnings: string[]
  /** Catalogue networks whose weights the file may hold, the best first; none where nothing fits. */
  candidates: Array<{ network: string; matched: number; missing: number; extra: number }>
  /** Present where the file holds a whole network. */
  graph: GraphOutline | null
}

/** What a whole network takes and gives, as its file says. */
export interface GraphOutline {
  /** null stands for an axis whose length the file leaves open. */
  inputs: Array<{ name: string; shape: Array<number | null> }>
  outputs: string[]
  nodes: number
  /** Everything the importer could tell of itself: a place to start from. */
  suggestion: CardDraft
}

/** A whole network with one input size: what the window draws. */
export interface GraphDescription {
  nodes: GraphNodeDescription[]
}

export interface GraphNodeDescription {
  /** Of the node's first output, by which it is chosen as a layer. */
  tensor: string
  op: string
  /** Tensors it takes from other nodes, or from the graph's input. */
  inputs: string[]
  /** Without the batch axis, channels last. */
  shape: number[]
  parameters: number
  endsIn: StageSummary['endsIn']
  /** A gradient leads from here to the input, so metamers can be made. */
  metamerLayer: boolean
  /** Among those that the importer would offer. */
  suggested: boolean
}

/** How the arrays of a file fall to a catalogue network's weights. */
export interface WeightMatch {
  network: string
  /** Whose names and layouts the file follows, e.g. "torchvision". */
  convention: string
  rows: WeightMatchRow[]
  /** Arrays of the file that the network has no use for. */
  extra: Array<{ name: string; shape: number[] }>
  /** What the convention changes about the card beside the weights, a sentence each: normalisation, number of classes. */
  changes: string[]
}

export interface WeightMatchRow {
  weight: string
  shape: number[]
  /** null where the file has nothing for it. */
  source: { name: string; shape: number[] } | null
  how: 'name' | 'order' | 'shape' | null
  /** What is done to the values on the way, e.g. "transposed [2, 3, 1, 0]". */
  change: string | null
}

/** A card that is being written: without what only the importer knows, the file and its hash. */
export const cardDraftSchema = cardSchema.omit({ format: true, aliases: true, weights: true, needsNativeEngine: true, notes: true }).extend({
  /** Where the weights come from and under which licence, as the user says. */
  source: z.string(),
  licence: z.string(),
  notes: z.array(z.string()).default([]),
})
export type CardDraft = z.infer<typeof cardDraftSchema>

/** The card of a network that is being imported, with what only the importer knows. */
export function cardOfDraft({ source, licence, ...draft }: CardDraft, { file, hash, sourceFile }: Pick<TrainedOrigin, 'file' | 'hash' | 'sourceFile'>): Card {
  const weights = { state: 'trained' as const, source: source || `File ${sourceFile.name}`, licence: licence || 'not stated', file, hash, sourceFile }
  return { ...draft, format: 1, aliases: [], needsNativeEngine: null, weights }
}

type TrainedOrigin = Extract<Card['weights'], { state: 'trained' }>

/** A stimulus put through a network that is being imported. */
export interface TryOut {
  stimulus: string
  notices: string[]
  /** The five highest, the highest first; index among the outputs. */
  top: Array<{ index: number; label: string | null; value: number }>
  /** Shapes as they came out, in the order of the draft's stages. */
  stages: Array<{ name: string; shape: number[]; minimum: number; maximum: number; mean: number }>
  seconds: number
}

/** What was seen after an import, on a stimulus whose answer the network's card gives. */
export interface ImportCheck {
  stimulus: string
  expected: string
  found: string
  passed: boolean
}
