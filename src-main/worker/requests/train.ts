import { existsSync } from 'node:fs'
import path from 'node:path'
import type { DatasetSummary, TestScores, TrainingResult, Validation } from '../../domain/training.ts'
import { versionsOf, type TrainingPlan } from '../../domain/trainingPlan.ts'
import { ratesFrom } from '../../domain/trainingRates.ts'
import { rateAt } from '../../domain/trainingSchedule.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { stepsPerEpoch } from '../../engine/training/batches.ts'
import { isBetter } from '../../engine/training/earlyStopping.ts'
import type { Trainer } from '../../engine/training/trainNetwork.ts'
import type { WorkerContext } from '../context.ts'
import { readCheckpoint, requireCheckpoint, writeCheckpoint, type TrainingCheckpoint } from '../training/checkpointFile.ts'
import { openDataset, summaryOf, type Dataset } from '../training/dataset.ts'
import type { ExampleOrder } from '../training/example.ts'
import { createExampleSource, type ExampleSource } from '../training/exampleSource.ts'
import { openExampleStore, type ExampleStore } from '../training/exampleStore.ts'
import { createFeed, keptPlaces, type Feed } from '../training/feed.ts'
import { hearingOf } from '../training/hearingOf.ts'
import { requireFreeFolder, trainingPlaces, writeNetwork } from '../training/networkFolder.ts'
import { pictureBaseOf } from '../training/pictureBase.ts'
import { openPictureDataset } from '../training/pictureDataset.ts'
import { runTraining } from '../training/runTraining.ts'
import { scoreSplit } from '../training/scoreSplit.ts'
import { subjectOf } from '../training/subjectOf.ts'
import { testNetwork } from '../training/testNetwork.ts'
import { lengthOf, trainerOf, type TrainingSubject } from '../training/trainingSubject.ts'

type Params = WorkerRequests['train']['params']

/** Everything that is open while a network is trained. */
interface Training {
  context: WorkerContext
  params: Params
  subject: TrainingSubject
  source: ExampleSource
  store: ExampleStore
  feed: Feed
}

/**
 * @throws UsageError when another network lies where this one goes; MediaError when the data do not fit the plan; ProtocolError when the base network
 * does not; ModelFileError when a checkpoint of another training lies there
 */
export async function checkTrainingData({ networks }: Pick<WorkerContext, 'networks'>, plan: TrainingPlan): Promise<DatasetSummary> {
  requireFreeFolder(plan)
  const { last } = trainingPlaces(plan)
  if (existsSync(last)) return summaryOf(await datasetOfOwn(last, plan, networks))
  if (plan.kind !== 'pictures') return summaryOf(await openDataset(plan.data, plan.heads, hearingOf(plan).input))
  const { notices } = pictureBaseOf({ networks }, plan)
  const summary = summaryOf(await openPictureDataset(plan.data))
  return { ...summary, notices: [...summary.notices, ...notices] }
}

/** The data of a training that goes on: a mistyped setting is told before anything is planned. */
async function datasetOfOwn(checkpoint: string, plan: TrainingPlan, networks: WorkerContext['networks']): Promise<Dataset> {
  const { dataset, identity, dispose } = await subjectOf(plan, networks)
  try {
    readCheckpoint(checkpoint, identity)
    return dataset
  } finally {
    dispose()
  }
}

/**
 * Train a network, test it, and write it as a card with weights.
 *
 * @returns null when it was stopped: the last checkpoint holds the state
 * @throws UsageError, MediaError, ModelFileError, NumericalError, EngineError
 */
export async function train(context: WorkerContext, params: Params): Promise<TrainingResult | null> {
  return context.jobs.during(params.trainingId, async (stopped) => {
    const training = await open(context, params)
    try {
      return await trainAndTest(training, stopped)
    } finally {
      await training.source.close()
      training.store.close()
      training.subject.dispose()
    }
  })
}

async function open(context: WorkerContext, params: Params): Promise<Training> {
  const { plan } = params
  requireFreeFolder(plan)
  const subject = await subjectOf(plan, context.networks)
  const places = trainingPlaces(plan)
  places.make()
  const source = createExampleSource(context.exampleThread, subject.thread)
  const versions = versionsOf(plan)
  const store = openExampleStore(path.join(places.cache, `${subject.cacheName}.f16`), keptPlaces(subject.dataset, versions), lengthOf(subject.shape))
  const feed = createFeed({ subject, source, kept: { versions, store }, now: () => performance.now() })
  return { context, params, subject, source, store, feed }
}

async function trainAndTest(training: Training, stopped: () => boolean): Promise<TrainingResult | null> {
  const { plan } = training.params
  const start = readCheckpoint(trainingPlaces(plan).last, training.subject.identity)
  const trainer = trainerOf(training.subject, training.subject.start, start?.trainer)
  const validations = start?.validations ?? []
  const rates = ratesFrom(start?.rates ?? [], trainer.step, plan)
  const losses = Array.from(start?.losses ?? [])
  const startMs = performance.now()
  let seconds = start?.seconds ?? 0
  const keep = (): void => {
    seconds = (start?.seconds ?? 0) + (performance.now() - startMs) / 1000
    keepCheckpoint(training, { trainer: trainer.state(), validations, losses: Float32Array.from(losses), seconds, rates, belongsTo: training.subject.identity })
  }
  let stop
  try {
    stop = await runTraining({
      plan,
      trainingId: training.params.trainingId,
      trainer,
      feed: training.feed,
      clips: training.subject.dataset.clips.train.length,
      validations,
      lossBefore: losses.at(-1) ?? NaN,
      checkpointEveryS: training.params.checkpointEveryS,
      now: () => performance.now(),
      stopped,
      validate: () => validate(training, trainer, validations),
      afterStep: ({ loss }) => void losses.push(loss),
      keep,
      tell: (progress) => training.context.tell({ type: 'trainingProgress', progress }),
    })
  } finally {
    trainer.dispose()
  }
  return stop && finish(training, { stop, steps: validations.at(-1)!.step, seconds, validations, rates, loss: losses.at(-1) ?? NaN }, stopped)
}

function keepCheckpoint({ context, params }: Training, checkpoint: TrainingCheckpoint): void {
  writeCheckpoint(trainingPlaces(params.plan).last, checkpoint)
  context.tell({ type: 'trainingKept', trainingId: params.trainingId, step: checkpoint.trainer.step, validations: [...checkpoint.validations], losses: checkpoint.losses })
}

/** Score the validation set, which is the same each time; a network better than all before is kept. */
async function validate(training: Training, trainer: Trainer, before: readonly Validation[]): Promise<Validation> {
  const { params: { plan }, subject: { dataset, identity: belongsTo }, feed } = training
  const orders = dataset.clips.validation.map((_, clip): ExampleOrder => ({ split: 'validation', clip, mixture: 0 }))
  const scores = { step: trainer.step, ...(await scoreSplit(trainer, feed, orders, plan.batchSize, dataset.sounds.length)) }
  if (isBetter(scores, bestOf(before))) {
    writeCheckpoint(trainingPlaces(plan).best, { trainer: { step: trainer.step, arrays: trainer.weights() }, validations: [scores], losses: new Float32Array(), seconds: 0, rates: [], belongsTo })
  }
  return scores
}

function bestOf(validations: readonly Validation[]): Validation | null {
  return validations.reduce<Validation | null>((best, one) => (isBetter(one, best) ? one : best), null)
}

interface Ending extends Pick<TrainingCheckpoint, 'seconds' | 'validations' | 'rates'> {
  stop: TrainingResult['stop']
  steps: number
  /** Of the last update. */
  loss: number
}

/**
 * Test the network and write it. One that reached its target is the one that reached it; otherwise the best counts, with the scores that were kept beside it.
 *
 * @returns null when it was stopped
 */
async function finish(training: Training, ending: Ending, stopped: () => boolean): Promise<TrainingResult | null> {
  const { params: { plan }, subject, source } = training
  const { stop, steps, seconds, rates, validations } = ending
  const places = trainingPlaces(plan)
  const reached = stop === 'target reached'
  const kept = requireCheckpoint(reached ? places.last : places.best, subject.identity)
  const best = reached ? validations.at(-1)! : kept.validations[0]!
  const tester = trainerOf(subject, (name) => kept.trainer.arrays.get(name)!.data)
  try {
    const tests = await test(training, tester, best.step, ending, stopped)
    if (!tests) return null
    const { hash: datasetHash, contents: contentsHash } = subject.dataset
    const result = { stop, steps, seconds, best, tests, datasetHash, contentsHash, rates, notices: [...subject.dataset.notices, ...source.notices()] }
    return writeNetwork(plan, subject, tester.weights(), result)
  } finally {
    tester.dispose()
  }
}

function test({ context, params: { plan, trainingId }, subject, feed }: Training, tester: Trainer, keptStep: number, { steps: step, loss }: Ending, stopped: () => boolean): Promise<TestScores[] | null> {
  const perEpoch = stepsPerEpoch({ clips: subject.dataset.clips.train.length, batchSize: plan.batchSize })
  return testNetwork({
    subject,
    tester,
    feed,
    batchSize: plan.batchSize,
    keptStep,
    told: { trainingId, step, steps: plan.steps, epoch: Math.floor((step * plan.accumulate) / perEpoch), loss, rate: rateAt(plan.rate, plan.schedule, step) },
    now: () => performance.now(),
    stopped,
    tell: (progress) => context.tell({ type: 'trainingProgress', progress }),
  })
}
