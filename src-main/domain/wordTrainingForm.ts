import { UsageError } from './errors.ts'
import { headNames, paperTarget, wordCnnForms, type TrainingPlan } from './training.ts'
import { wordNetworkSizes } from './trainingDefaults.ts'

/** What a person says about a training of words: texts, as the command line takes them. Empty: not said. */
export type WordTrainingField =
  | 'name' | 'title' | 'speech' | 'backgrounds' | 'words' | 'network' | 'size' | 'head' | 'steps' | 'batch' | 'accumulate' | 'optimiser' | 'rate' | 'weight-decay'
  | 'schedule' | 'loss-weights' | 'snr' | 'shift' | 'mixtures' | 'cache' | 'validate' | 'target' | 'test-snr' | 'seed' | 'data-seed' | 'out' | 'licence'
export type WordTrainingForm = Readonly<Record<WordTrainingField, string>> & { readonly notes: readonly string[] }

/** One field cannot be understood. The message goes on from the field's name: "takes adam, sgd, not "lion"". */
export class FieldError extends UsageError {
  readonly field: WordTrainingField

  constructor(field: WordTrainingField, message: string) {
    super(message, { details: { field } })
    this.field = field
  }
}

const most = 100_000_000
const largestSeed = 0xffff_ffff

/**
 * The plan that the texts mean. Paths are taken as they are.
 *
 * @throws FieldError of the first field that cannot be understood
 */
export function wordTrainingPlanOf(form: WordTrainingForm): TrainingPlan {
  const { plan, problems } = readWordTraining(form)
  if (plan === null) throw problems[0]
  return plan
}

/** The same, or every field that cannot be understood. */
export function readWordTraining(form: WordTrainingForm): { plan: TrainingPlan; problems: [] } | { plan: null; problems: FieldError[] } {
  const problems: FieldError[] = []
  const take = <T>(read: () => T): T => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof FieldError)) throw error
      problems.push(error)
      // Where there is a problem, no plan is given.
      return undefined as T
    }
  }
  const plan = planOf(form, take)
  return problems.length > 0 ? { plan: null, problems } : { plan, problems: [] }
}

/** @param take  reads one setting; what it gives for one that cannot be read does not matter */
function planOf(form: WordTrainingForm, take: <T>(read: () => T) => T): TrainingPlan {
  const whole = (field: WordTrainingField, from: number, to: number): number => take(() => wholeOf(form, field, from, to))
  const number = (field: WordTrainingField): number => take(() => numbersOf(form, field, 1)[0]!)
  const pair = (field: WordTrainingField): [number, number] => take(() => numbersOf(form, field, 2) as [number, number])
  const text = (field: WordTrainingField): string => take(() => required(form, field))
  const steps = whole('steps', 1, most)
  const [word, sounds] = pair('loss-weights') ?? [NaN, NaN]
  return {
    name: text('name'),
    title: form.title || form.name,
    form: take(() => oneOf(form, 'network', wordCnnForms)),
    ...take(() => sizeOf(form)),
    heads: take(() => (form.head === 'both' ? [...headNames] : [oneOf(form, 'head', headNames)])),
    data: {
      speech: text('speech'),
      backgrounds: form.backgrounds || null,
      words: form.words === '' ? null : form.words.split(',').map((label) => label.trim()),
      snrDb: pair('snr'),
      shiftS: number('shift'),
      mixtures: whole('mixtures', 0, 1_000_000) || null,
      cacheFolder: form.cache || null,
      seed: whole('data-seed', 0, largestSeed),
    },
    batchSize: whole('batch', 1, 100_000),
    accumulate: whole('accumulate', 1, 100_000),
    optimiser: optimiserOf(take(() => oneOf(form, 'optimiser', ['adam', 'sgd'] as const)), number('weight-decay')),
    rate: number('rate'),
    schedule: take(() => scheduleOf(form, steps)),
    lossWeights: { word, sounds },
    dropout: 0.5,
    normMomentum: 0.95,
    steps,
    validateEvery: whole('validate', 1, most),
    target: take(() => targetOf(form)),
    testSnrsDb: take(() => numbersOf(form, 'test-snr')),
    seed: whole('seed', 0, largestSeed),
    outFolder: text('out'),
    licence: text('licence'),
    notes: [...form.notes],
  }
}

function required(form: WordTrainingForm, field: WordTrainingField): string {
  if (form[field] === '') throw new FieldError(field, 'is missing')
  return form[field]
}

function wholeOf(form: WordTrainingForm, field: WordTrainingField, from: number, to: number): number {
  const number = Number(form[field])
  if (/^\d+$/.test(form[field]) && number >= from && number <= to) return number
  throw new FieldError(field, `takes a whole number from ${from} to ${to}, not "${form[field]}"`)
}

function numbersOf(form: WordTrainingForm, field: WordTrainingField, count?: number): number[] {
  const values = form[field].split(',').map((word) => (word.trim() === '' ? NaN : Number(word)))
  if (values.every(Number.isFinite) && (count === undefined || values.length === count)) return values
  throw new FieldError(field, `takes ${count ?? 'one or more'} numbers, separated by commas, not "${form[field]}"`)
}

function oneOf<T extends string>(form: WordTrainingForm, field: WordTrainingField, allowed: readonly T[]): T {
  const value = form[field] as T
  if (allowed.includes(value)) return value
  throw new FieldError(field, `takes ${allowed.join(', ')}, not "${value}"`)
}

function sizeOf({ size }: WordTrainingForm): Pick<TrainingPlan, 'channels' | 'fc'> {
  if (Object.hasOwn(wordNetworkSizes, size)) return wordNetworkSizes[size]!
  const widths = size.split(',').map(Number)
  if (widths.length !== 6 || !widths.every((width) => Number.isInteger(width) && width > 0)) throw new FieldError('size', `takes small, full or six whole numbers, not "${size}"`)
  return { channels: widths.slice(0, 5) as TrainingPlan['channels'], fc: widths[5]! }
}

function optimiserOf(kind: 'adam' | 'sgd', weightDecay: number): TrainingPlan['optimiser'] {
  return kind === 'adam' ? { kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay } : { kind, momentum: 0.9, weightDecay }
}

function scheduleOf({ schedule: text }: WordTrainingForm, steps: number): TrainingPlan['schedule'] {
  const [kind, every, factor] = text.split(':')
  if (text === 'constant') return { kind: 'constant' }
  if (text === 'cosine') return { kind: 'cosine', steps }
  if (kind === 'step' && Number(every) > 0 && Number(factor) > 0) return { kind, every: Number(every), factor: Number(factor) }
  throw new FieldError('schedule', `takes constant, cosine or step:N:F, not "${text}"`)
}

function targetOf({ target: text }: WordTrainingForm): TrainingPlan['target'] {
  if (text === '') return {}
  if (text === 'paper') return { ...paperTarget }
  const target: TrainingPlan['target'] = {}
  for (const part of text.split(',')) {
    const [name, value] = part.split('=')
    if (!(Number(value) >= 0 && Number(value) <= 1) || (name !== 'word' && name !== 'auc')) throw new FieldError('target', `takes word=SHARE, auc=AREA, both or "paper", not "${text}"`)
    target[name === 'word' ? 'wordAccuracy' : 'meanAuc'] = Number(value)
  }
  return target
}
