import { UsageError } from './errors.ts'
import type { TrainingPlan } from './training.ts'

/** What a person says about any training: texts, as the command line takes them. Empty: not said. */
export type CommonTrainingField =
  | 'name' | 'title' | 'steps' | 'batch' | 'accumulate' | 'optimiser' | 'rate' | 'momentum' | 'weight-decay' | 'dropout' | 'schedule' | 'cache' | 'validate' | 'target' | 'seed' | 'data-seed' | 'out'
  | 'licence'
export type TrainingForm<Field extends string> = Readonly<Record<Field, string>> & { readonly notes: readonly string[] }

/** One field cannot be understood. The message goes on from the field's name: "takes adam, sgd, not "lion"". */
export class FieldError extends UsageError {
  readonly field: string

  constructor(field: string, message: string) {
    super(message, { details: { field } })
    this.field = field
  }
}

export type ReadForm<Plan> = { plan: Plan; problems: [] } | { plan: null; problems: FieldError[] }

/**
 * Understand a whole form, or tell every field that cannot be understood.
 *
 * @param planOf   throws a FieldError of the first
 * @param standIn  what can be understood in fields, to get past them
 */
export function readForm<Field extends string, Plan>(form: TrainingForm<Field>, planOf: (form: TrainingForm<Field>) => Plan, standIn: Readonly<Record<string, string>>): ReadForm<Plan> {
  const understood: Readonly<Record<string, string>> = { name: 'name', out: 'out', target: '', ...standIn }
  const problems: FieldError[] = []
  let tried = form
  for (;;) {
    try {
      const plan = planOf(tried)
      return problems.length > 0 ? { plan: null, problems } : { plan, problems: [] }
    } catch (error) {
      if (!(error instanceof FieldError) || problems.some(({ field }) => field === error.field)) throw error
      problems.push(error)
      tried = { ...tried, [error.field]: understood[error.field] }
    }
  }
}

const most = 100_000_000
const largestSeed = 0xffff_ffff

type CommonSettings = Pick<TrainingPlan, Exclude<keyof TrainingPlan, 'kind' | 'data' | 'target'>>

/**
 * What the two kinds of plan have in common. Paths are taken as they are.
 *
 * @throws FieldError of the first field that cannot be understood
 */
export function commonSettingsOf(form: TrainingForm<CommonTrainingField>): CommonSettings {
  const name = required(form, 'name')
  const steps = wholeOf(form, 'steps', 1, most)
  return {
    name,
    title: form.title || name,
    batchSize: wholeOf(form, 'batch', 1, 100_000),
    accumulate: wholeOf(form, 'accumulate', 1, 100_000),
    optimiser: optimiserOf(oneOf(form, 'optimiser', ['adam', 'sgd'] as const), shareOf(form, 'momentum'), numberOf(form, 'weight-decay')),
    rate: numberOf(form, 'rate'),
    schedule: scheduleOf(form, steps),
    dropout: shareOf(form, 'dropout'),
    steps,
    validateEvery: wholeOf(form, 'validate', 1, most),
    seed: seedOf(form, 'seed'),
    outFolder: required(form, 'out'),
    licence: required(form, 'licence'),
    notes: [...form.notes],
  }
}

/** What is said about the data of every training. @throws FieldError */
export function commonDataOf(form: TrainingForm<CommonTrainingField>): { cacheFolder: string | null; seed: number } {
  return { cacheFolder: form.cache || null, seed: seedOf(form, 'data-seed') }
}

type Target = TrainingPlan['target']

/**
 * Scores at which to stop, each with its name: "word=0.57,auc=0.83".
 *
 * @param scores   what may be named, and what it is in a plan
 * @param written  for the message
 * @throws FieldError
 */
export function targetOf({ target: text }: Readonly<Record<'target', string>>, scores: Readonly<Record<string, keyof Target>>, written: string): Target {
  const target: Target = {}
  for (const part of text === '' ? [] : text.split(',')) {
    const [name = '', value] = part.split('=')
    if (!(Number(value) >= 0 && Number(value) <= 1) || !Object.hasOwn(scores, name)) throw new FieldError('target', `takes ${written}, not "${text}"`)
    target[scores[name]!] = Number(value)
  }
  return target
}

/** A form of which one field matters: the field's name decides which. */
type With<Field extends string> = Readonly<Record<NoInfer<Field>, string>>

export function required<Field extends string>(form: With<Field>, field: Field): string {
  if (form[field] === '') throw new FieldError(field, 'is missing')
  return form[field]
}

export function wholeOf<Field extends string>(form: With<Field>, field: Field, from: number, to: number): number {
  const number = Number(form[field])
  if (/^\d+$/.test(form[field]) && number >= from && number <= to) return number
  throw new FieldError(field, `takes a whole number from ${from} to ${to}, not "${form[field]}"`)
}

/** How many versions of an example are kept; 0, none, is null in a plan. */
export function versionsIn<Field extends string>(form: With<Field>, field: Field): number | null {
  return wholeOf(form, field, 0, 1_000_000) || null
}

export function numbersOf<Field extends string>(form: With<Field>, field: Field, count?: number): number[] {
  const values = form[field].split(',').map((word) => (word.trim() === '' ? NaN : Number(word)))
  if (values.every(Number.isFinite) && (count === undefined || values.length === count)) return values
  throw new FieldError(field, `takes ${count ?? 'one or more'} numbers, separated by commas, not "${form[field]}"`)
}

export function numberOf<Field extends string>(form: With<Field>, field: Field): number {
  return numbersOf(form, field, 1)[0]!
}

/** From 0 to below 1. */
function shareOf<Field extends string>(form: With<Field>, field: Field): number {
  const number = numberOf(form, field)
  if (number >= 0 && number < 1) return number
  throw new FieldError(field, `takes a number from 0 to below 1, not "${form[field]}"`)
}

export function oneOf<Field extends string, T extends string>(form: With<Field>, field: Field, allowed: readonly T[]): T {
  const value = form[field] as string as T
  if (allowed.includes(value)) return value
  throw new FieldError(field, `takes ${allowed.join(', ')}, not "${value}"`)
}

/** @returns null for none: those that the data have */
export function labelsIn(text: string): string[] | null {
  return text === '' ? null : text.split(',').map((label) => label.trim())
}

function seedOf<Field extends string>(form: With<Field>, field: Field): number {
  return wholeOf(form, field, 0, largestSeed)
}

function optimiserOf(kind: 'adam' | 'sgd', momentum: number, weightDecay: number): TrainingPlan['optimiser'] {
  return kind === 'adam' ? { kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay } : { kind, momentum, weightDecay }
}

function scheduleOf({ schedule: text }: With<'schedule'>, steps: number): TrainingPlan['schedule'] {
  const [kind, every, factor] = text.split(':')
  if (text === 'constant') return { kind: 'constant' }
  if (text === 'cosine') return { kind: 'cosine', steps }
  if (kind === 'step' && Number(every) > 0 && Number(factor) > 0) return { kind, every: Number(every), factor: Number(factor) }
  throw new FieldError('schedule', `takes constant, cosine or step:N:F, not "${text}"`)
}
