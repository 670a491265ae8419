import { UsageError } from '../domain/errors.ts'
import { checkTrainingPlan, type TrainingPlan } from '../domain/trainingPlan.ts'
import type { JobTools, Stopper } from './job.ts'
import { runTraining, trainingJobId } from './kinds/training.ts'
import type { SerialQueue } from './serialQueue.ts'

/** Trainings, in the same queue as everything else that is computed. */
export interface TrainingQueue {
  /** Check the data, record the training and queue it. @returns its id @throws MediaError, ProtocolError, ProjectError */
  plan(plan: TrainingPlan): Promise<number>
  /** Stop it for good; its checkpoint is kept. @throws UsageError when it is over */
  cancel(id: number): void
  /** Stop it to go on later. @throws UsageError when it is neither waiting nor at work */
  pause(id: number): void
  /** Put a stopped training at the end of the queue. @throws UsageError when it is finished */
  resume(id: number): void
}

export function createTrainingQueue(tools: JobTools, queue: SerialQueue): TrainingQueue {
  const { trainings } = tools.project
  const stateOf = (id: number) => trainings.summary(id).state

  function add(id: number): void {
    queue.add({ id: trainingJobId(id), work: (stopper) => workOn(id, stopper) })
  }

  async function workOn(id: number, stopper: Stopper): Promise<void> {
    // Resumed while it was still stopping, it may have come to its end after all.
    if (stateOf(id) === 'finished') return
    await runTraining(id, tools, stopper)
    if (queue.standing(trainingJobId(id)) === 'waiting' && stateOf(id) !== 'finished') trainings.mark(id, 'planned', null)
  }

  function require(id: number, allowed: boolean, wish: string): void {
    if (!allowed) throw new UsageError(`Training ${id} is ${stateOf(id)}; there is nothing to ${wish}.`)
  }

  return {
    async plan(asked) {
      const plan = checkTrainingPlan(asked)
      await tools.link.request('checkTrainingData', { plan })
      const id = trainings.plan(plan, tools.now())
      add(id)
      return id
    },
    cancel(id) {
      require(id, !['finished', 'cancelled'].includes(stateOf(id)), 'cancel')
      if (queue.stop(trainingJobId(id), 'cancelled') !== 'at work') trainings.mark(id, 'cancelled', null)
    },
    pause(id) {
      const found = queue.stop(trainingJobId(id), 'paused')
      require(id, found !== null, 'pause')
      if (found === 'waiting') trainings.mark(id, 'paused', null)
    },
    resume(id) {
      require(id, stateOf(id) !== 'finished', 'resume')
      const standing = queue.standing(trainingJobId(id))
      if (standing === 'waiting' || standing === 'at work') return
      if (standing === null) trainings.mark(id, 'planned', null)
      add(id)
    },
  }
}
