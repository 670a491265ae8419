import { z } from 'zod'
import { ModelFileError } from '../../domain/errors.ts'
import type { NetworkSummary } from '../../domain/network.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')
const triple = z.tuple([z.number(), z.number(), z.number()])

const stageSchema = z.strictObject({
  name: z.string().min(1),
  shape: z.array(z.int().positive()).min(1),
  metamerLayer: z.boolean(),
  endsIn: z.enum(['linear', 'relu', 'relu6']),
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
  z.strictObject({ name: z.literal('log-mel') }),
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
    /** Of the published file it was converted from. */
    sourceFile: z.strictObject({ package: z.string(), version: z.string(), name: z.string(), hash: sha256 }),
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
])

/** What a network is: everything about it but the code of its architecture and the values of its weights. */
export const cardSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().min(1),
  /** Other names that `buildModel` and the command line accept. */
  aliases: z.array(z.string()),
  title: z.string().min(1),
  input: inputSchema,
  /** Pictures: the network sees (multiply * x - subtract) / divide, RGB order, x in [0, 1]. */
  normalisation: z.strictObject({ multiply: z.number(), subtract: triple, divide: z.number() }).nullable(),
  /** Sounds: what comes before the first layer. */
  frontEnd: frontEndSchema.nullable(),
  stages: z.array(stageSchema).min(1),
  labels: z.enum(['imagenet-1000', 'words-794', 'magnatagatune-50']).nullable(),
  /** What the last stage's values are taken for: one label out of all, or each on its own. */
  head: z.enum(['softmax', 'sigmoid']).default('softmax'),
  baseLearningRate: z.number().positive(),
  needsNativeEngine: z.string().nullable(),
  weights: weightsSchema,
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
  const what = parsed.error.issues.map((i) => `${i.path.join('.') || 'card'}: ${i.message}`).join('; ')
  throw new ModelFileError(`The network card ${fileName} has a mistake: ${what}. Correct the card.`)
}

/** What the program tells about the network of a card. */
export function summaryOf(card: Card, labels: string[]): NetworkSummary {
  const { state, source, hash, licence } = card.weights
  return {
    name: card.name,
    aliases: card.aliases,
    title: card.title,
    kind: card.input.kind,
    input: card.input,
    stages: card.stages,
    labels,
    head: card.head,
    weights: { state, source, seed: card.weights.state === 'random' ? card.weights.seed : null, hash, licence },
    baseLearningRate: card.baseLearningRate,
    needsNativeEngine: card.needsNativeEngine,
  }
}
