import type { TrainingPlan } from './trainingPlan.ts'

/** How the learning rate of a training changes. */
export type Schedule = TrainingPlan['schedule']

/** The rate of one step, counted from 0. */
export function rateAt(base: number, schedule: Schedule, step: number): number {
  switch (schedule.kind) {
    case 'constant':
      return base
    case 'step':
      return base * schedule.factor ** Math.floor(step / schedule.every)
    case 'cosine':
      return (base * (1 + Math.cos(Math.PI * Math.min(1, step / schedule.steps)))) / 2
  }
}
