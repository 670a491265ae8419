import { setImmediate } from 'node:timers/promises'
import { LabError, NumericalError } from '../../domain/errors.ts'
import { versionsOf, type TrainingPlan, type TrainingProgress, type Validation } from '../../domain/training.ts'
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
  checkpointEveryS: number
  now(): number
  stopped(): boolean
  validate(): Promise<Validation>
  afterStep(result: StepResult): void
  /** Keep the state as it is. */
  keep(): void
  tell(progress: TrainingProgress): void
}

/** Batches whose examples are being made while the trainer is at work. */
const ahead = 4
const reportEveryMs = 500

/**
 * Make updates until the target is reached, all are made, or a stop arrives.
 *
 * @returns why it ended; null when it was stopped
 * @throws NumericalError at a loss that is not finite, naming batch and layer; the checkpoint kept last is finite
 */
export async function runTraining(loop: TrainingLoop): Promise<'target reached' | 'all steps made' | null> {
  const { plan, trainer, validations, now } = loop
  const report = progressReporter(loop)
  const next = prefetch(loop)
  let keptMs = now()
  if (isReached(loop)) return 'target reached'
  while (trainer.step < plan.steps) {
    // Lets a stop and other requests in: TensorFlow itself blocks.
    await setImmediate()
    if (loop.stopped()) return keepAnd(loop, null)
    const result = await makeStep(loop, next)
    loop.afterStep(result)
    report(result)
    const due = trainer.step % plan.validateEvery === 0 || trainer.step === plan.steps
    if (due) {
      report(result, 'validating')
      validations.push(await loop.validate())
    }
    if (due || now() - keptMs >= loop.checkpointEveryS * 1000) {
      loop.keep()
      keptMs = now()
    }
    if (due && isReached(loop)) return 'target reached'
  }
  return keepAnd(loop, 'all steps made')
}

function keepAnd<T>(loop: TrainingLoop, result: T): T {
  loop.keep()
  return result
}

function isReached({ validations, plan }: TrainingLoop): boolean {
  const last = validations.at(-1)
  return last !== undefined && reaches(last, plan.target)
}

async function makeStep({ trainer, feed, plan, clips }: TrainingLoop, next: () => PreparedBatch[]): Promise<StepResult> {
  const step = trainer.step
  const batches = []
  for (const prepared of next()) batches.push(await feed.take(prepared))
  try {
    return trainer.update(batches)
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error
    const epoch = Math.floor((step * plan.accumulate) / stepsPerEpoch({ clips, batchSize: plan.batchSize }))
    throw new NumericalError(`Training stopped at batch ${step + 1} (epoch ${epoch + 1}): ${error.message} The last finite checkpoint is kept.`, { details: { ...(error as LabError).details as object, step } })
  }
}

/** Gives the batches of the step that is due, and has those of the next ones made meanwhile. */
function prefetch({ plan, trainer, feed, clips }: TrainingLoop): () => PreparedBatch[] {
  const batches: BatchPlan = { clips, batchSize: plan.batchSize, seed: plan.seed, mixtures: versionsOf(plan) }
  const waiting: PreparedBatch[][] = []
  let prepared = trainer.step
  return () => {
    while (waiting.length <= ahead && prepared < plan.steps) {
      const first = prepared++ * plan.accumulate
      waiting.push(Array.from({ length: plan.accumulate }, (_, i) => feed.prepare(batchAt(batches, first + i).map((example) => ({ split: 'train' as const, ...example })))))
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
      cochleagramShare: (feed.spent.cochleagramS - start.cochleagramS) / seconds,
      memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      phase,
    })
  }
}
