import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { MediaError, ModelFileError } from '../../domain/errors.ts'
import type { WordAnswer, WordExamination } from '../../domain/trainingRecords.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { createCochleagramFrontEnd } from '../../engine/frontends/cochleagram.ts'
import { bestAnswers } from '../../engine/training/scores.ts'
import type { Trainer } from '../../engine/training/trainNetwork.ts'
import { readSafetensors } from '../../weights/safetensors.ts'
import type { WorkerContext } from '../context.ts'
import { openDataset, type Dataset } from '../training/dataset.ts'
import { createExampleSource } from '../training/exampleSource.ts'
import { createFeed, type Feed } from '../training/feed.ts'
import type { ExampleOrder } from '../training/mixClip.ts'
import { answerSplit } from '../training/scoreSplit.ts'
import { shortName } from '../training/shortName.ts'
import { createTrainerOf, outputsOf } from './train.ts'

type Params = WorkerRequests['examineWordTraining']['params']

/**
 * Look at a finished training's network: what it answers to each clip of the test that nothing is mixed into, and its first kernels.
 * Without test clips, those of the validation are asked about.
 *
 * @throws MediaError when the data are others than it was trained on; ModelFileError when its weights are
 */
export async function examineWordTraining(context: WorkerContext, { plan, result }: Params): Promise<WordExamination> {
  const dataset = await openDataset(plan.data, plan.heads)
  if (dataset.hash !== result.datasetHash) {
    throw new MediaError(`The sounds in "${plan.data.speech}" or its backgrounds are not those that "${plan.name}" was trained on. Put those back to have it examined.`)
  }
  const weights = await readWeights(result)
  const split = dataset.clips.test.length > 0 ? 'test' : 'validation'
  const frontEnd = createCochleagramFrontEnd({ filters: 50, method: 'reduced' })
  const source = createExampleSource(context.exampleThread, { dataset, data: plan.data })
  const network = createTrainerOf({ params: { plan }, heads: outputsOf(plan, dataset), frontEnd }, (name) => weights.get(name)!.data)
  try {
    const feed = createFeed({ dataset, data: plan.data, source, frontEnd, store: null, now: () => performance.now() })
    const answers = plan.heads.includes('word') ? await wordAnswers(network, feed, dataset, split, plan.batchSize) : []
    return { split, words: dataset.words, sounds: dataset.sounds, answers, kernels: firstKernels(weights) }
  } finally {
    network.dispose()
    frontEnd.dispose()
    await source.close()
  }
}

async function wordAnswers(network: Trainer, feed: Feed, { clips, words }: Dataset, split: 'test' | 'validation', batchSize: number): Promise<WordAnswer[]> {
  const orders = clips[split].map((_, clip): ExampleOrder => ({ split, clip, mixture: 0, snrDb: null }))
  const { logits, words: right } = await answerSplit(network, feed, orders, batchSize)
  return bestAnswers(logits.word, words.length).map(({ best, probability }, i) => ({ file: shortName(clips[split][i]!.file), right: right[i]!, said: best, probability }))
}

function firstKernels(weights: NamedArrays): WordExamination['kernels'] {
  const { shape, data } = weights.get('conv_0.kernel')!
  return { shape: [...shape], data }
}

/** The network's folder may hold another by now: one that was trained under the same name. */
async function readWeights({ folder, weightsHash }: Params['result']): Promise<NamedArrays> {
  const file = path.join(folder, 'weights.safetensors')
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ModelFileError(`The weights "${file}" cannot be read. Put them back, or train the network again.`, { cause })
  })
  if (createHash('sha256').update(bytes).digest('hex') === weightsHash) return readSafetensors(bytes, file)
  throw new ModelFileError(`The weights "${file}" are not those that this training made: a later one of the same name took their place. Examine that one.`)
}
