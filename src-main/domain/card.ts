import { z } from 'zod'
import { clausesOf } from './clausesOf.ts'
import { ModelFileError } from './errors.ts'
import { networkSizesSchema } from './hearingNetworks.ts'
import { networkName } from './networkName.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')
const triple = z.tuple([z.number(), z.number(), z.number()])

const stageSchema = z.strictObject({
  name: z.string().min(1),
  /** Of a whole graph: the tensor that the stage reads, where it has another name. */
  tensor: z.string().min(1).optional(),
  shape: z.array(z.int().positive()).min(1),
  metamerLayer: z.boolean(),
  endsIn: z.enum(['linear', 'relu', 'relu6', 'clipped-relu']),
})

const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('image'),
    height: z.int().positive(),
    width: z.int().positive(),
    channels: z.literal(3),
    range: z.tuple([z.literal(0), z.literal(1)]),
  }),
  z.strictObject({ kind: z.literal('audio'), samples: z.int().positive(), sampleRateHz: z.number().positive() }),
])

const frontEndSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('cochleagram'), filters: z.union([z.literal(50), z.literal(40)]) }),
  /** 50 to 10000 Hz, 390 columns in two seconds: the authors' later networks. */
  z.strictObject({ name: z.literal('cochleagram-2023') }),
  /** musicnn's. */
  z.strictObject({ name: z.literal('log-mel') }),
  z.strictObject({ name: z.literal('log-mel-vggish') }),
  /** DeepSpeech's, each step with its neighbours. */
  z.strictObject({ name: z.literal('mfcc') }),
])

const weightsSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('trained'),
    source: z.string().min(1),
    licence: z.string().min(1),
    /** Beside the card. */
    file: z.string().min(1),
    /** Of that file. */
    hash: sha256,
    /** The file it was converted from, or is a copy of; of published ones: in which package. */
    sourceFile: z.strictObject({ package: z.string().optional(), version: z.string().optional(), name: z.string(), hash: sha256 }),
  }),
  z.strictObject({
    state: z.literal('random'),
    source: z.string().min(1),
    licence: z.string().min(1),
    seed: z.int().min(0),
    kernels: z.enum(['glorot uniform', 'he normal']),
    /** Everything that determines the weights, in words. */
    recipe: z.string().min(1),
    /** Of the recipe. */
    hash: sha256,
  }),
  /** None come with the program, and random ones would be no stand-in. */
  z.strictObject({
    state: z.literal('needed'),
    licence: z.string().min(1),
    /** What the network computes, in words: it is known by this until it has weights. */
    recipe: z.string().min(1),
    /** Of the recipe. */
    hash: sha256,
  }),
])

/** Weights that somebody trained and that can be imported. */
const trainedWeightsSchema = z.strictObject({
  file: z.string().min(1),
  /** Where the user finds it, or that it was not published. */
  where: z.string().min(1),
  formats: z.array(z.string().min(1)).min(1),
})

/** A stimulus that comes with the program, and the labels of which one must come first for it. */
const checkSchema = z.strictObject({ sample: z.string().min(1), labels: z.array(z.string().min(1)).min(1) })

/** What computes a network that is not in the catalogue. */
const networkSchema = z.discriminatedUnion('from', [
  /** The code of a catalogue network, with weights of its own. A variant: what another program computes a little differently with them. */
  z.strictObject({ from: z.literal('architecture'), name: z.string().min(1), variant: z.enum(['slim', 'torchvision']).optional() }),
  /** The weight file, which holds the whole graph. */
  z.strictObject({
    from: z.literal('graph'),
    format: z.enum(['onnx', 'tfjs', 'keras']),
    /** The graph's input that the stimulus goes to, and the order of its axes. */
    input: z.string().min(1),
    layout: z.enum(['channels first', 'channels last', 'samples']),
  }),
])

/** What a network is: everything about it but the code of its architecture and the values of its weights. */
export const cardSchema = z.strictObject({
  format: z.literal(1),
  /** Also of its folder. */
  name: z.string().regex(networkName.pattern, networkName.sentence),
  /** Other names that `buildModel` and the command line accept. */
  aliases: z.array(z.string()),
  title: z.string().min(1),
  input: inputSchema,
  /** Absent in the catalogue, where the name says it. */
  network: networkSchema.optional(),
  /** Pictures: the network sees (multiply * x - subtract) / divide, x in [0, 1] and all of it RGB; then the order is changed. */
  normalisation: z
    .strictObject({ multiply: z.number(), subtract: triple, divide: z.union([z.number(), triple]), order: z.enum(['rgb', 'bgr']).default('rgb') })
    .nullable(),
  /** Sounds: what comes before the first layer. */
  frontEnd: frontEndSchema.nullable(),
  /** Of a network that hears and was trained here: its widths, which may be others than the catalogue's, and its heads. */
  architecture: networkSizesSchema.optional(),
  stages: z.array(stageSchema).min(1),
  /** One of the program's lists, or a list of the card's own. */
  labels: z.union([z.enum(['imagenet-1000', 'words-794', 'magnatagatune-50', 'english-text-29']), z.array(z.string()).min(1)]).nullable(),
  /** Outputs before the first label: 1 where the network has a "background" class of its own. */
  labelOffset: z.int().min(0).default(0),
  /** What the last stage's values are taken for: one label out of all; each on its own; or a text, a symbol or a blank at each step. */
  head: z.enum(['softmax', 'sigmoid', 'ctc']).default('softmax'),
  baseLearningRate: z.number().positive(),
  needsNativeEngine: z.string().nullable(),
  weights: weightsSchema,
  /** Absent where they come with the program, or none are known. */
  trainedWeights: trainedWeightsSchema.optional(),
  /** What trained weights are tried on after an import, as long as the network has the labels of this card. */
  checks: z.array(checkSchema).optional(),
  /** What a reader should know: what is inferred, what was chosen. */
  notes: z.array(z.string()),
})
export type Card = z.infer<typeof cardSchema>

/**
 * Check what a card file holds.
 *
 * @throws ModelFileError with one clause per field that is wrong
 */
export function readCard(value: unknown, fileName: string): Card {
  const parsed = cardSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const what = clausesOf(parsed.error, 'card')
  throw new ModelFileError(`The network card ${fileName} has a mistake: ${what}. Correct the card.`)
}
