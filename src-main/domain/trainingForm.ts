import { FieldError, notNegativeOf, oneOf, positiveOf, required, seedOf, shareOf, textOf, wholeOf, type With } from './formFields.ts'
import { networkName } from './networkName.ts'
import type { TrainingPlan } from './trainingPlan.ts'

/** What a person says about any training: texts, as the command line takes them. Empty: not said. */
export type CommonTrainingField =
  | 'name' | 'title' | 'steps' | 'batch' | 'accumulate' | 'optimiser' | 'rate' | 'momentum' | 'weight-decay' | 'dropout' | 'schedule' | 'cache' | 'validate' | 'target' | 'seed' | 'data-seed' | 'out'
  | 'licence'
export type TrainingForm<Field extends string> = Readonly<Record<Field, string>> & { readonly notes: readonly string[] }

export type ReadForm<Plan> = { plan: Plan; problems: [] } | { plan: null; problems: FieldError[] }

/**
 * Understand a whole form, or tell every field that cannot be understood.
 *
 * @param planOf   throws a FieldError of the first
 * @param standIn  what can be understood in fields, to get past them; all others may be empty
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
      tried = { ...tried, [error.field]: understood[error.field] ?? '' }
    }
  }
}

const most = 100_000_000

type CommonSettings = Pick<TrainingPlan, Exclude<keyof TrainingPlan, 'kind' | 'data' | 'target'>>

/**
 * What the two kinds of plan have in common. Paths are taken as they are.
 *
 * @throws FieldError of the first field that cannot be understood
 */
export function commonSettingsOf(form: TrainingForm<CommonTrainingField>): CommonSettings {
  const name = textOf(form, 'name', networkName)
  const steps = wholeOf(form, 'steps', 1, most)
  return {
    name,
    title: form.title || name,
    batchSize: wholeOf(form, 'batch', 1, 100_000),
    accumulate: wholeOf(form, 'accumulate', 1, 100_000),
    optimiser: optimiserOf(oneOf(form, 'optimiser', ['adam', 'sgd'] as const), shareOf(form, 'momentum'), notNegativeOf(form, 'weight-decay')),
    rate: positiveOf(form, 'rate'),
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

function optimiserOf(kind: 'adam' | 'sgd', momentum: number, weightDecay: number): TrainingPlan['optimiser'] {
  return kind === 'adam' ? { kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay } : { kind, momentum, weightDecay }
}

function scheduleOf({ schedule: text }: With<'schedule'>, steps: number): TrainingPlan['schedule'] {
  if (text === 'constant') return { kind: 'constant' }
  if (text === 'cosine') return { kind: 'cosine', steps }
  const [every, factor] = (/^step:(\d+):([^:]+)$/.exec(text)?.slice(1) ?? []).map(Number) as [number?, number?]
  if (every! > 0 && factor! > 0 && factor! <= 1) return { kind: 'step', every: every!, factor: factor! }
  throw new FieldError('schedule', `takes constant, cosine or step:N:F (times F, of 1 at most, every N updates), not "${text}"`)
}
