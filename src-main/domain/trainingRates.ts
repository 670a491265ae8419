import type { RatePeriod } from './training.ts'
import type { TrainingPlan } from './trainingPlan.ts'
import { rateAt } from './trainingSchedule.ts'

type Rate = Pick<TrainingPlan, 'rate' | 'schedule'>

/**
 * The rates of a training that goes on, perhaps with another.
 *
 * @param before  up to its checkpoint
 * @param step    updates made up to there
 */
export function ratesFrom(before: readonly RatePeriod[], step: number, { rate, schedule }: Rate): RatePeriod[] {
  // With a rate under which no update was made, nothing was trained.
  const used = before.filter(({ from }) => from < step)
  const last = used.at(-1)
  return last && isSame(last, { rate, schedule }) ? used : [...used, { from: step, rate, schedule }]
}

/** In words: "rate 0.01 (constant) up to update 120, 0.001 (constant) from then on". */
export function ratesText(rates: readonly RatePeriod[]): string {
  const texts = rates.map((period, i) => {
    const next = rates[i + 1]
    const until = next ? ` up to update ${next.from}` : rates.length > 1 ? ' from then on' : ''
    return `${period.rate} (${scheduleText(period.schedule)})${until}`
  })
  return `rate ${texts.join(', ')}`
}

export interface RatePoint {
  update: number
  rate: number
}

/**
 * The rate of each update, for drawing.
 *
 * @param rates  in order; updates before the first are left out
 * @param range  of updates, the last left out
 * @param most   evenly spaced updates; both sides of each jump come in addition, where jumps are not closer than these
 */
export function rateCurve(rates: readonly RatePeriod[], [begin, to]: readonly [number, number], most: number): RatePoint[] {
  const from = Math.max(begin, rates[0]?.from ?? to)
  if (to <= from) return []
  const every = Math.max(1, Math.ceil((to - from) / most))
  const even = Array.from({ length: Math.ceil((to - from) / every) }, (_, i) => from + i * every)
  const jumps = rates.flatMap((period, i) => jumpsOf(period, rates[i + 1]?.from ?? to, every))
  const updates = [...even, ...jumps.flatMap((at) => [at - 1, at]), to - 1].filter((update) => update >= from && update < to)
  return [...new Set(updates)].sort((a, b) => a - b).map((update) => {
    const { rate, schedule } = rates.findLast((period) => period.from <= update)!
    return { update, rate: rateAt(rate, schedule, update) }
  })
}

/**
 * The rates that a training has used, and those that its plan still has for it.
 *
 * @param rates  undefined where only the plan is known
 * @param made   updates
 */
export function rateParts(plan: Rate & Pick<TrainingPlan, 'steps'>, rates: readonly RatePeriod[] | undefined, made: number, most: number): { used: RatePoint[]; ahead: RatePoint[] } {
  const planned = ratesFrom([], 0, plan)
  return { used: rateCurve(rates ?? planned, [0, made], most), ahead: rateCurve(planned, [made, plan.steps], most) }
}

function jumpsOf({ from, schedule }: RatePeriod, to: number, closest: number): number[] {
  if (schedule.kind !== 'step' || schedule.every < closest) return [from]
  const first = Math.floor(from / schedule.every) + 1
  return [from, ...Array.from({ length: Math.max(0, Math.ceil(to / schedule.every) - first) }, (_, i) => (first + i) * schedule.every)]
}

function scheduleText(schedule: TrainingPlan['schedule']): string {
  switch (schedule.kind) {
    case 'constant':
      return 'constant'
    case 'step':
      return `times ${schedule.factor} every ${schedule.every} updates`
    case 'cosine':
      return `half a cosine, to 0 at update ${schedule.steps}`
  }
}

function isSame(a: Rate, b: Rate): boolean {
  return a.rate === b.rate && JSON.stringify(a.schedule) === JSON.stringify(b.schedule)
}
