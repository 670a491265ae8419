import type { RatePeriod, TrainingPlan } from './training.ts'

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
