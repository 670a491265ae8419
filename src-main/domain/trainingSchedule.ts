/** How the learning rate of a training changes. `step` counts updates from 0. */
export type Schedule =
  | { kind: 'constant' }
  /** Multiplied by `factor` after every `every` steps. */
  | { kind: 'step'; every: number; factor: number }
  /** Half a cosine from the base rate down to 0 at `steps`; 0 afterwards. */
  | { kind: 'cosine'; steps: number }

/** The rate of one step. */
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
