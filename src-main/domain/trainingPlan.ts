import { z } from 'zod'
import { clausesOf } from './clausesOf.ts'
import { ProtocolError } from './errors.ts'
import { hearingNetworkFields } from './hearingNetworks.ts'
import { networkName } from './networkName.ts'

/** What a network is asked for: which word, which of many background sounds at once, or both. */
export const headNames = ['word', 'sounds'] as const
export type HeadName = (typeof headNames)[number]

const seed = z.int().min(0).max(0xffff_ffff)
const size = z.int().positive()
const share = z.number().min(0).max(1)

const optimiserSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sgd'), momentum: z.number().min(0).lt(1), weightDecay: z.number().min(0) }),
  z.strictObject({
    kind: z.literal('adam'), beta1: z.number().min(0).lt(1), beta2: z.number().min(0).lt(1), epsilon: z.number().positive(), weightDecay: z.number().min(0),
  }),
])

const scheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  /** Multiplied by `factor` after every `every` updates. */
  z.strictObject({ kind: z.literal('step'), every: size, factor: z.number().positive().max(1) }),
  /** Half a cosine from the base rate down to 0 at `steps`; 0 afterwards. */
  z.strictObject({ kind: z.literal('cosine'), steps: size }),
])

export const trainingDataSchema = z.strictObject({
  /** Manifest (CSV) or folder of words. */
  speech: z.string().min(1),
  /** Manifest or folder of what is mixed in; null: nothing. */
  backgrounds: z.string().min(1).nullable(),
  /** The labels that there may be, in order; null: those that the words have, sorted. */
  words: z.array(z.string().min(1)).min(1).nullable(),
  /** Decibels, uniform. @source Feather et al., later code: -10 to 10 */
  snrDb: z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, 'must rise'),
  /** How far a clip is moved at most, in seconds; never so far that the word leaves its centre. */
  shiftS: z.number().min(0),
  /** Different mixtures of each clip, kept as what the front end gives (such as cochleagrams) and used in turn; null: a new mixture each time, nothing kept. */
  mixtures: size.nullable(),
  /** Where these are kept; null: beside the network. */
  cacheFolder: z.string().min(1).nullable(),
  /** Of shifts, backgrounds and SNRs: apart from the network's, so that networks can share what is kept. */
  seed,
})
export type TrainingData = z.infer<typeof trainingDataSchema>

export const pictureDataSchema = z.strictObject({
  /** Folder with a folder of pictures for each label, or manifest (CSV). */
  pictures: z.string().min(1),
  /** The labels that there may be, in order; null: those that the pictures have, sorted. */
  labels: z.array(z.string().min(1)).nullable(),
  /** Different views of each picture (parts of it, mirrored or not), whose activations are kept and used in turn; null: a new view each time, nothing kept. */
  views: size.nullable(),
  /** A view shows at least this share of its picture's area. */
  smallestArea: z.number().positive().max(1),
  /** Where activations of the frozen stages are kept; null: beside the network. */
  cacheFolder: z.string().min(1).nullable(),
  /** Of the views. */
  seed,
})
export type PictureData = z.infer<typeof pictureDataSchema>

/** What is said about every training. */
const commonSettings = {
  name: z.string().regex(networkName.pattern, networkName.sentence),
  title: z.string().min(1),
  /** Examples that go through the network at once. */
  batchSize: size,
  /** Batches in one update. */
  accumulate: size,
  optimiser: optimiserSchema,
  rate: z.number().positive(),
  schedule: scheduleSchema,
  dropout: z.number().min(0).lt(1),
  /** Updates, unless the target comes first. */
  steps: size,
  validateEvery: size,
  /** Levels at which to stop; an empty one is never reached. */
  target: z.strictObject({ wordAccuracy: share.optional(), meanAuc: share.optional() }),
  /** Of first weights, order and dropout. */
  seed,
  /** The network's folder is made in this one. */
  outFolder: z.string().min(1),
  licence: z.string().min(1),
  /** What the card should say beside what it says by itself, such as whose recordings or pictures these are. */
  notes: z.array(z.string().min(1)),
}

export const normSumNames = ['rows', 'places'] as const

/** What is said about every training of a network that hears, from random weights. */
const wordSettings = {
  kind: z.literal('words').optional(),
  ...commonSettings,
  heads: z.array(z.enum(headNames)).min(1).max(2),
  data: trainingDataSchema,
  lossWeights: z.strictObject({ word: z.number().positive(), sounds: z.number().positive() }),
  normMomentum: z.number().min(0).lt(1),
  /** How batch norms add up a batch: each row, then the rows; or place by place, as where a plan does not say it, which is from before. */
  normSums: z.enum(normSumNames).optional(),
  /** SNRs at which the finished network is tested, beside clean. */
  testSnrsDb: z.array(z.number()),
}

/** Everything that determines it; which network it is, is named by `form`. */
export const wordTrainingPlanSchema = z.discriminatedUnion('form', [
  z.strictObject({ ...wordSettings, ...hearingNetworkFields.wordCnn }),
  z.strictObject({ ...wordSettings, ...hearingNetworkFields.vggish }),
  z.strictObject({ ...wordSettings, ...hearingNetworkFields.deepSpeech }),
  z.strictObject({ ...wordSettings, ...hearingNetworkFields.musicnnVgg }),
])
export type WordTrainingPlan = z.infer<typeof wordTrainingPlanSchema>

/** Everything that determines the fine-tuning of a network that sees. */
export const pictureTrainingPlanSchema = z.strictObject({
  kind: z.literal('pictures'),
  ...commonSettings,
  /** Network whose weights it begins with. */
  base: z.string().min(1),
  /** The first stage that learns; those before it are frozen. null: one that suits a few hundred pictures. */
  from: z.string().min(1).nullable(),
  data: pictureDataSchema,
})
export type PictureTrainingPlan = z.infer<typeof pictureTrainingPlanSchema>

export const trainingPlanSchema = z.discriminatedUnion('kind', [wordTrainingPlanSchema, pictureTrainingPlanSchema])
export type TrainingPlan = z.infer<typeof trainingPlanSchema>

/** Mixtures of each clip, or views of each picture, that are used in turn; null: a new one each time. */
export function versionsOf(plan: TrainingPlan): number | null {
  return plan.kind === 'pictures' ? plan.data.views : plan.data.mixtures
}

/** What a new training may be made by. */
export const newTrainingPlanSchema = trainingPlanSchema.superRefine((plan, context) => {
  const [list, labels] = plan.kind === 'pictures' ? ['labels', plan.data.labels] : ['words', plan.data.words]
  if (labels && new Set(labels).size < labels.length) context.addIssue({ code: 'custom', path: ['data', list], message: 'must name each label once' })
})

/** @throws ProtocolError with one clause per setting that is out of range */
export function checkTrainingPlan(value: unknown): TrainingPlan {
  return checkedBy(newTrainingPlanSchema, value)
}

/** The same for one that is stored. */
export function readTrainingPlan(value: unknown): TrainingPlan {
  return checkedBy(trainingPlanSchema, value)
}

function checkedBy(schema: typeof trainingPlanSchema, value: unknown): TrainingPlan {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const what = clausesOf(parsed.error, 'plan')
  throw new ProtocolError(`The training has a setting out of range: ${what}. Correct it.`)
}

/** Levels at which networks of different tasks count as equally skilled. @source Feather et al. 2019, section 3.3 */
export const paperTarget = { wordAccuracy: 0.57, meanAuc: 0.83 } as const
