import type { NullJob, RunSummary } from './run.ts'
import type { TrainingSummary } from './training.ts'

/** What of a project may be waiting or at work. */
export interface ProjectWork {
  runs: ReadonlyArray<Pick<RunSummary, 'state'>>
  trainings: ReadonlyArray<Pick<TrainingSummary, 'state'>>
  nulls: ReadonlyArray<Pick<NullJob, 'state'>>
}

/** Say what stops when the project is left now: what is paused, to go on later, and what is not. null when nothing is at work. */
export function workLeft({ runs, trainings, nulls }: ProjectWork): string | null {
  const goingOn = ({ state }: { state: string }): boolean => state === 'planned' || state === 'running'
  const paused = [...named(runs.filter(goingOn).length, 'run'), ...named(trainings.filter(goingOn).length, 'training')]
  const stopped = named(nulls.filter(({ state }) => state === 'running').length, 'null distribution')
  const sentences = [
    ...(paused.length > 0 ? [`${paused.join(' and ')} at work or waiting: paused, to be resumed when this project is open again.`] : []),
    ...stopped.map((words) => `${words} being made: stopped.`),
  ]
  return sentences.join(' ') || null
}

function named(count: number, one: string): string[] {
  if (count === 0) return []
  return [`${count.toLocaleString('en-GB')} ${count === 1 ? one : `${one}s`}`]
}
