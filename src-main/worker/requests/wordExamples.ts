import type { WordExample } from '../../domain/trainingRecords.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { quantiseAudio } from '../../engine/synthesis/quantise.ts'
import { batchAt } from '../../engine/training/batches.ts'
import { encodeWav, type QuantisedSound } from '../../media/encodeWav.ts'
import { cochleagramPicture } from '../cochleagramPicture.ts'
import type { WorkerContext } from '../context.ts'
import { hearing } from '../hearing.ts'
import { openDataset, type Dataset } from '../training/dataset.ts'
import type { ExampleOrder } from '../training/example.ts'
import { createExampleSource } from '../training/exampleSource.ts'
import { drawExample } from '../training/mixClip.ts'
import { shortName } from '../training/shortName.ts'

type Params = WorkerRequests['wordExamples']['params']

/**
 * Make some examples as the training hears them, in its order.
 *
 * @throws MediaError when the data do not fit the plan, or a sound cannot be used
 */
export async function wordExamples(context: WorkerContext, { plan, from, count }: Params): Promise<WordExample[]> {
  const dataset = await openDataset(plan.data, plan.heads)
  const orders = ordersOf(plan, dataset, from, count)
  const source = createExampleSource(context.exampleThread, { kind: 'words', dataset, data: plan.data })
  try {
    const made = await source.make(orders)
    return made.map(({ signal }, i) => ({ number: from + i, ...told(plan, dataset, orders[i]!), wav: wavOf(signal, `example ${from + i + 1}`), cochleagram: cochleagramPicture(context.frontEnd(211), signal) }))
  } finally {
    await source.close()
  }
}

function ordersOf({ batchSize, seed, data: { mixtures } }: Params['plan'], { clips }: Dataset, from: number, count: number): ExampleOrder[] {
  const batches = { clips: clips.train.length, batchSize, seed, mixtures }
  return Array.from({ length: count }, (_, i) => ({ split: 'train', ...batchAt(batches, Math.floor((from + i) / batchSize))[(from + i) % batchSize]! }))
}

function told({ data }: Params['plan'], dataset: Dataset, order: ExampleOrder): Pick<WordExample, 'word' | 'file' | 'background' | 'snrDb'> {
  const clip = dataset.clips[order.split][order.clip]!
  const { scene, snrDb } = drawExample(dataset, data, order)
  return { word: clip.labels[0]!, file: shortName(clip.file), background: scene && { file: shortName(scene.file), labels: scene.labels }, snrDb: scene && snrDb }
}

function wavOf(wave: Float32Array, settings: string): Uint8Array {
  return encodeWav(quantiseAudio(wave, hearing.sampleRateHz).signal as QuantisedSound, settings)
}
