import { createHash } from 'node:crypto'
import path from 'node:path'
import type { DatasetSummary, TestScores, TrainingPlan, TrainingResult, Validation } from '../../domain/training.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { createCochleagramFrontEnd, type CochleagramFrontEnd } from '../../engine/frontends/cochleagram.ts'
import type { HeadOutputs } from '../../engine/models/architectures/wordCnnHeads.ts'
import { isBetter } from '../../engine/training/earlyStopping.ts'
import { startingWeights } from '../../engine/training/startingWeights.ts'
import { createTrainer, type Trainer, type TrainerState } from '../../engine/training/trainNetwork.ts'
import { trainableWordCnn, type StartValues } from '../../engine/training/wordCnn.ts'
import type { WorkerContext } from '../context.ts'
import { readCheckpoint, writeCheckpoint, type TrainingCheckpoint } from '../training/checkpointFile.ts'
import { openCochleagramStore, type CochleagramStore } from '../training/cochleagramStore.ts'
import { openDataset, summaryOf, type Dataset } from '../training/dataset.ts'
import { createExampleSource, type ExampleSource } from '../training/exampleSource.ts'
import { createFeed, keptPlaces, type Feed } from '../training/feed.ts'
import type { ExampleOrder } from '../training/mixClip.ts'
import { trainingPlaces, writeNetwork } from '../training/networkFolder.ts'
import { runTraining } from '../training/runTraining.ts'
import { scoreSplit } from '../training/scoreSplit.ts'

type Params = WorkerRequests['train']['params']

/** Everything that is open while a network is trained. */
interface Training {
  context: WorkerContext
  params: Params
  dataset: Dataset
  heads: HeadOutputs
  frontEnd: CochleagramFrontEnd
  source: ExampleSource
  store: CochleagramStore
  feed: Feed
  /** Of plan and data. */
  belongsTo: string
}

/** @throws MediaError when the data do not fit the plan */
export async function checkTrainingData(plan: TrainingPlan): Promise<DatasetSummary> {
  return summaryOf(await openDataset(plan.data, plan.heads))
}

/**
 * Train a network, test it, and write it as a card with weights.
 *
 * @returns null when it was stopped: the last checkpoint holds the state
 * @throws MediaError, ModelFileError, NumericalError, EngineError
 */
export async function train(context: WorkerContext, params: Params): Promise<TrainingResult | null> {
  return context.jobs.during(params.trainingId, async (stopped) => {
    const training = await open(context, params)
    try {
      return await trainAndTest(training, stopped)
    } finally {
      await training.source.close()
      training.store.close()
      training.frontEnd.dispose()
    }
  })
}

async function open(context: WorkerContext, params: Params): Promise<Training> {
  const { plan } = params
  const dataset = await openDataset(plan.data, plan.heads)
  const places = trainingPlaces(plan)
  places.make()
  // As the finished network hears: at reduced rates.
  const frontEnd = createCochleagramFrontEnd({ filters: 50, method: 'reduced' })
  const source = createExampleSource(context.exampleThread, { dataset, data: plan.data })
  const file = path.join(places.cache, `cochleagrams-${cacheKey(plan, dataset)}.f16`)
  const store = openCochleagramStore(file, keptPlaces(dataset, plan.data.mixtures), frontEnd.rows * frontEnd.columns)
  const feed = createFeed({ dataset, data: plan.data, source, frontEnd, store, now: () => performance.now() })
  return { context, params, dataset, heads: outputsOf(plan, dataset), frontEnd, source, store, feed, belongsTo: identity(plan, dataset) }
}

async function trainAndTest(training: Training, stopped: () => boolean): Promise<TrainingResult | null> {
  const { plan } = training.params
  const start = readCheckpoint(trainingPlaces(plan).last, training.belongsTo)
  const trainer = createTrainerOf(training, startingWeights(plan.seed), start?.trainer)
  const validations = start?.validations ?? []
  let stop
  let seconds = start?.seconds ?? 0
  try {
    const losses = Array.from(start?.losses ?? [])
    const startMs = performance.now()
    const keep = (): void => {
      seconds = (start?.seconds ?? 0) + (performance.now() - startMs) / 1000
      keepCheckpoint(training, { trainer: trainer.state(), validations, losses: Float32Array.from(losses), seconds, belongsTo: training.belongsTo })
    }
    stop = await runTraining({
      plan,
      trainingId: training.params.trainingId,
      trainer,
      feed: training.feed,
      clips: training.dataset.clips.train.length,
      validations,
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
  return stop && finish(training, { stop, steps: validations.at(-1)!.step, seconds, validations })
}

export function outputsOf({ heads }: TrainingPlan, { words, sounds }: Dataset): HeadOutputs {
  return Object.fromEntries(heads.map((head) => [head, head === 'word' ? words.length : sounds.length]))
}

export function createTrainerOf({ params: { plan }, heads, frontEnd }: Pick<Training, 'heads' | 'frontEnd'> & { params: { plan: TrainingPlan } }, start: StartValues, state: TrainerState | null = null): Trainer {
  const { rows, columns } = frontEnd
  const { form, channels, fc, dropout, normMomentum } = plan
  const network = trainableWordCnn({ form, channels, fc, heads, rows, columns, dropout, normMomentum }, start)
  return createTrainer(network, plan, [rows, columns, 1], state)
}

function keepCheckpoint({ context, params }: Training, checkpoint: TrainingCheckpoint): void {
  writeCheckpoint(trainingPlaces(params.plan).last, checkpoint)
  context.tell({ type: 'trainingKept', trainingId: params.trainingId, step: checkpoint.trainer.step, validations: [...checkpoint.validations], losses: checkpoint.losses })
}

/** Score the validation set, which is the same each time; a network better than all before is kept. */
async function validate(training: Training, trainer: Trainer, before: readonly Validation[]): Promise<Validation> {
  const { params: { plan }, dataset, feed, belongsTo } = training
  const orders = dataset.clips.validation.map((_, clip): ExampleOrder => ({ split: 'validation', clip, mixture: 0 }))
  const scores = { step: trainer.step, ...(await scoreSplit(trainer, feed, orders, plan.batchSize, dataset.sounds.length)) }
  if (isBetter(scores, bestOf(before))) {
    writeCheckpoint(trainingPlaces(plan).best, { trainer: { step: trainer.step, arrays: trainer.weights() }, validations: [scores], losses: new Float32Array(), seconds: 0, belongsTo })
  }
  return scores
}

function bestOf(validations: readonly Validation[]): Validation | null {
  return validations.reduce<Validation | null>((best, one) => (isBetter(one, best) ? one : best), null)
}

interface Ending {
  stop: TrainingResult['stop']
  steps: number
  seconds: number
  validations: Validation[]
}

/** A network that reached its target is the one that reached it; otherwise the best counts. */
async function finish(training: Training, { stop, steps, seconds, validations }: Ending): Promise<TrainingResult> {
  const { params: { plan }, dataset, heads, frontEnd, belongsTo, source } = training
  const places = trainingPlaces(plan)
  const reached = stop === 'target reached'
  const kept = readCheckpoint(reached ? places.last : places.best, belongsTo)!
  const best = reached ? validations.at(-1)! : bestOf(validations)!
  const tester = createTrainerOf(training, (name) => kept.trainer.arrays.get(name)!.data)
  try {
    const tests = await test(training, tester)
    const result = { stop, steps, seconds, best, tests, datasetHash: dataset.hash, notices: source.notices() }
    return writeNetwork({ plan, dataset, heads, rows: frontEnd.rows, columns: frontEnd.columns, weights: tester.weights(), result })
  } finally {
    tester.dispose()
  }
}

/** Clean and at each SNR, on the same clips; speakers that were not trained on by themselves. */
async function test({ params: { plan }, dataset, feed }: Training, tester: Trainer): Promise<TestScores[]> {
  const snrs = [null, ...(dataset.backgrounds.test.length > 0 ? plan.testSnrsDb : [])]
  const tests: TestScores[] = []
  for (const split of ['test', 'test-unseen'] as const) {
    const clips = dataset.clips[split]
    for (const snrDb of clips.length > 0 ? snrs : []) {
      const orders = clips.map((_, clip): ExampleOrder => ({ split, clip, mixture: 0, snrDb }))
      tests.push({ split, snrDb, clips: clips.length, ...(await scoreSplit(tester, feed, orders, plan.batchSize, dataset.sounds.length)) })
    }
  }
  return tests
}

/** Of everything that cochleagrams depend on. */
function cacheKey({ data: { snrDb, shiftS, mixtures, seed } }: TrainingPlan, dataset: Dataset): string {
  return sha256({ snrDb, shiftS, mixtures, seed, data: dataset.hash }).slice(0, 16)
}

/** Of all that a checkpoint depends on; how long to train, with it the schedule, and when to look may change in between. */
function identity(plan: TrainingPlan, dataset: Dataset): string {
  const { form, channels, fc, heads, batchSize, accumulate, optimiser, rate, lossWeights, dropout, normMomentum, seed } = plan
  return sha256({ form, channels, fc, heads, batchSize, accumulate, optimiser, rate, lossWeights, dropout, normMomentum, seed, cache: cacheKey(plan, dataset) })
}

function sha256(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
