import { versionsOf, type PictureTrainingPlan, type TrainingPlan, type WordTrainingPlan } from '../../domain/trainingPlan.ts'
import type { PictureExample, TrainingExamples } from '../../domain/trainingRecords.ts'
import type { ExampleOrigin, WordExample } from '../../domain/wordExample.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { quantiseAudio } from '../../engine/synthesis/quantise.ts'
import { batchAt } from '../../engine/training/batches.ts'
import { encodeWav, type QuantisedSound } from '../../media/encodeWav.ts'
import { heardPicture } from '../cochleagramPicture.ts'
import type { WorkerContext } from '../context.ts'
import { openDataset, type Dataset } from '../training/dataset.ts'
import { soundSourcesOf } from '../training/dataSource.ts'
import type { Example, ExampleOrder } from '../training/example.ts'
import { createExampleSource } from '../training/exampleSource.ts'
import type { ThreadStart } from '../training/exampleThread.ts'
import type { Hearing } from '../training/hearExamples.ts'
import { hearingOf } from '../training/hearingOf.ts'
import { drawExample } from '../training/mixClip.ts'
import { openPictureDataset } from '../training/pictureDataset.ts'
import { pictureBaseOf } from '../training/pictureBase.ts'
import { shortName } from '../training/shortName.ts'

type Params = WorkerRequests['trainingExamples']['params']

/**
 * Make some examples as the training hears or sees them, in its order.
 *
 * @throws MediaError when the data do not fit the plan, or a file cannot be used; ProtocolError when the network to begin with does not
 */
export async function trainingExamples(context: WorkerContext, { plan, from, count }: Params): Promise<TrainingExamples> {
  return plan.kind === 'pictures' ? picturesOf(context, plan, { from, count }) : wordsOf(context, plan, { from, count })
}

type Range = Pick<Params, 'from' | 'count'>

async function wordsOf(context: WorkerContext, plan: WordTrainingPlan, range: Range): Promise<TrainingExamples> {
  const { input } = hearingOf(plan)
  const dataset = await openDataset(plan.data, plan.heads, input)
  const made = await make(context, plan, range, { kind: 'words', dataset, data: plan.data, size: input, hearing: null })
  const examples = made.map(({ number, order, signal }): WordExample => ({
    number,
    ...told(plan, dataset, order),
    ...wavOf(signal, input, `example ${number + 1}`),
    cochleagram: heardPicture(context, { input, cochleagram: null }, signal),
  }))
  return { kind: 'words', examples, origin: await originOf(plan) }
}

async function originOf({ seed, data }: WordTrainingPlan): Promise<ExampleOrigin> {
  return { ...(await soundSourcesOf(data)), seed, dataSeed: data.seed }
}

async function picturesOf(context: WorkerContext, plan: PictureTrainingPlan, range: Range): Promise<TrainingExamples> {
  const { size: { height, width } } = pictureBaseOf(context, plan)
  const dataset = await openPictureDataset(plan.data)
  const made = await make(context, plan, range, { kind: 'pictures', dataset, data: plan.data, height, width })
  const examples = made.map(({ number, order, signal }): PictureExample => {
    const { labels, file } = dataset.clips[order.split][order.clip]!
    return { number, label: labels[0]!, file: shortName(file), view: { height, width, rgb: Uint8Array.from(signal, (x) => Math.round(255 * x)) } }
  })
  return { kind: 'pictures', examples }
}

interface MadeExample extends Example {
  number: number
  order: ExampleOrder
}

async function make({ exampleThread }: WorkerContext, plan: TrainingPlan, { from, count }: Range, start: ThreadStart): Promise<MadeExample[]> {
  const { batchSize, seed } = plan
  const batches = { clips: start.dataset.clips.train.length, batchSize, seed, mixtures: versionsOf(plan) }
  const orders = Array.from({ length: count }, (_, i): ExampleOrder => ({ split: 'train', ...batchAt(batches, Math.floor((from + i) / batchSize))[(from + i) % batchSize]! }))
  const source = createExampleSource(exampleThread, start)
  try {
    return (await source.make(orders)).map((example, i) => ({ ...example, number: from + i, order: orders[i]! }))
  } finally {
    await source.close()
  }
}

function told({ data }: WordTrainingPlan, dataset: Dataset, order: ExampleOrder): Pick<WordExample, 'word' | 'file' | 'background' | 'snrDb'> {
  const clip = dataset.clips[order.split][order.clip]!
  const { scene, snrDb } = drawExample(dataset, data, order)
  return { word: clip.labels[0]!, file: shortName(clip.file), background: scene && { file: shortName(scene.file), labels: scene.labels }, snrDb: scene && snrDb }
}

function wavOf(wave: Float32Array, { sampleRateHz }: Hearing['input'], settings: string): Pick<WordExample, 'wav' | 'clipped'> {
  const { signal, clipped } = quantiseAudio(wave, sampleRateHz)
  return { wav: encodeWav(signal as QuantisedSound, settings), clipped }
}
