import { setImmediate } from 'node:timers/promises'
import { NumericalError } from '../../domain/errors.ts'
import type { TrainingProgress, Validation } from '../../domain/training.ts'
import { versionsOf, type TrainingPlan } from '../../domain/trainingPlan.ts'
import { rateAt } from '../../domain/trainingSchedule.ts'
import { batchAt, stepsPerEpoch, type BatchPlan } from '../../engine/training/batches.ts'
import { reaches } from '../../engine/training/earlyStopping.ts'
import type { StepResult, Trainer } from '../../engine/training/trainNetwork.ts'
import type { Feed, PreparedBatch } from './feed.ts'

export interface TrainingLoop {
  plan: TrainingPlan
  trainingId: number
  trainer: Trainer
  feed: Feed
  /** Clips or pictures to train on. */
  clips: number
  /** Validations made before this process took it up; added to. */
  validations: Validation[]
  /** Of the last update before; NaN where there was none. */
  lossBefore: number
  checkpointEveryS: number
  now(): number
  stopped(): boolean
  validate(): Promise<Validation>
  afterStep(result: StepResult): void
  /** Keep the state as it is. */
  keep(): void
  tell(progress: TrainingProgress): void
}

/** Batches whose examples are being made while the trainer is at work; all of the next update where that has more. */
const ahead = 4
const reportEveryMs = 500

/**
 * Make updates until the target is reached, all are made, or a stop arrives. What it ends with was validated, and only a target that the present
 * weights reach counts: after an interruption, or with fewer updates than before, the last validation may be of an earlier update.
 *
 * @returns why it ended; null when it was stopped
 * @throws NumericalError at a loss, a validation or weights that are not finite, naming batch and layer; the checkpoint kept last is finite
 */
export async function runTraining(loop: TrainingLoop): Promise<'target reached' | 'all steps made' | null> {
  const { plan, trainer, validations } = loop
  const report = progressReporter(loop)
  const next = prefetch(loop)
  const checkpoints = checkpointsOf(loop)
  let last: StepResult = { loss: loop.lossBefore, rate: rateAt(plan.rate, plan.schedule, trainer.step) }
  for (;;) {
    const end = endOf(loop)
    if (end) return checkpoints.keepAnd(end)
    // Lets a stop and other requests in: TensorFlow itself blocks.
    await setImmediate()
    if (loop.stopped()) return checkpoints.keepAnd(null)
    if (trainer.step < plan.steps) {
      last = await checkpoints.guard(`at batch ${trainer.step + 1}`, trainer.step, () => makeStep(loop, next))
      loop.afterStep(last)
      report(last)
    }
    const due = trainer.step % plan.validateEvery === 0 || trainer.step >= plan.steps
    if (due) {
      report(last, 'validating')
      validations.push(await checkpoints.guard(`at the validation after ${trainer.step} updates`, trainer.step - 1, loop.validate))
    }
    if (due || checkpoints.due()) checkpoints.keep()
  }
}

/** @returns null while there is more to do */
function endOf({ plan, trainer, validations }: TrainingLoop): 'target reached' | 'all steps made' | null {
  const present = validations.at(-1)?.step === trainer.step ? validations.at(-1)! : null
  if (present && reaches(present, plan.target)) return 'target reached'
  return present && trainer.step >= plan.steps ? 'all steps made' : null
}

/** Keeps states in time, and says of a failure what is kept. */
function checkpointsOf({ plan, clips, trainer, checkpointEveryS, now, keep }: TrainingLoop) {
  const from = trainer.step
  let kept: number | null = null
  let keptMs = now()

  function failed(error: NumericalError, where: string, step: number): NumericalError {
    const epoch = Math.floor((Math.max(0, step) * plan.accumulate) / stepsPerEpoch({ clips, batchSize: plan.batchSize }))
    // A state from before this process is a checkpoint as well.
    const known = kept ?? from
    const left = known > 0 ? `The last finite checkpoint is kept, of update ${known}: a training of this name with a lower rate, all else equal, goes on from there; under another name it begins anew.` : 'No checkpoint was kept before it.'
    return new NumericalError(`Training stopped ${where} (epoch ${epoch + 1}): ${error.message} ${left}`, { details: { ...error.details as object, step } })
  }

  async function guard<T>(where: string, step: number, work: () => T | Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof NumericalError ? failed(error, where, step) : error
    }
  }

  function keepNow(): void {
    try {
      keep()
    } catch (error) {
      throw error instanceof NumericalError ? failed(error, `after batch ${trainer.step}`, trainer.step - 1) : error
    }
    kept = trainer.step
    keptMs = now()
  }

  return {
    guard,
    due: () => now() - keptMs >= checkpointEveryS * 1000,
    keep: keepNow,
    keepAnd<T>(result: T): T {
      if (kept !== trainer.step) keepNow()
      return result
    },
  }
}

async function makeStep({ plan, trainer, feed }: TrainingLoop, next: () => PreparedBatch): Promise<StepResult> {
  const batches = []
  for (let i = 0; i < plan.accumulate; i++) batches.push(await feed.take(next()))
  return trainer.update(batches)
}

/** Gives the batch that is due, and has the next ones made meanwhile. */
function prefetch({ plan, trainer, feed, clips }: TrainingLoop): () => PreparedBatch {
  const batches: BatchPlan = { clips, batchSize: plan.batchSize, seed: plan.seed, mixtures: versionsOf(plan) }
  const waiting: PreparedBatch[] = []
  const most = Math.max(ahead, plan.accumulate)
  let prepared = trainer.step * plan.accumulate
  return () => {
    while (waiting.length <= most && prepared < plan.steps * plan.accumulate) {
      waiting.push(feed.prepare(batchAt(batches, prepared++).map((example) => ({ split: 'train' as const, ...example }))))
    }
    return waiting.shift()!
  }
}

function progressReporter({ plan, trainingId, trainer, feed, clips, now, tell }: TrainingLoop) {
  const perEpoch = stepsPerEpoch({ clips, batchSize: plan.batchSize })
  const start = { ms: now(), step: trainer.step, ...feed.spent }
  let toldMs = -Infinity
  return (result: StepResult, phase: TrainingProgress['phase'] = 'training'): void => {
    if (phase === 'training' && now() - toldMs < reportEveryMs && trainer.step < plan.steps) return
    toldMs = now()
    const seconds = Math.max((now() - start.ms) / 1000, 1e-3)
    const stepsPerSecond = (trainer.step - start.step) / seconds
    tell({
      trainingId,
      step: trainer.step,
      steps: plan.steps,
      epoch: Math.floor((trainer.step * plan.accumulate) / perEpoch),
      loss: result.loss,
      rate: result.rate,
      examplesPerSecond: stepsPerSecond * plan.batchSize * plan.accumulate,
      remainingS: (plan.steps - trainer.step) / stepsPerSecond,
      waitShare: (feed.spent.waitS - start.waitS) / seconds,
      frozenShare: (feed.spent.frozenS - start.frozenS) / seconds,
      memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      phase,
    })
  }
}
