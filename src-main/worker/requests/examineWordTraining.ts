import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { MediaError, ModelFileError } from '../../domain/errors.ts'
import type { WordAnswer, WordExamination } from '../../domain/trainingRecords.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { bestAnswers } from '../../engine/training/scores.ts'
import { readSafetensors } from '../../weights/safetensors.ts'
import type { WorkerContext } from '../context.ts'
import type { ExampleOrder } from '../training/example.ts'
import { createExampleSource } from '../training/exampleSource.ts'
import { createFeed } from '../training/feed.ts'
import { answerSplit } from '../training/scoreSplit.ts'
import { shortName } from '../training/shortName.ts'
import { trainerOf, type TrainingSubject } from '../training/trainingSubject.ts'
import { wordSubject } from '../training/wordSubject.ts'

type Params = WorkerRequests['examineWordTraining']['params']

/**
 * Look at a finished training's network: what it answers to each clip of the test that nothing is mixed into, and its first kernels.
 * Without test clips, those of the validation are asked about.
 *
 * @throws MediaError when the data are others than it was trained on; ModelFileError when its weights are
 */
export async function examineWordTraining(context: WorkerContext, { plan, result }: Params): Promise<WordExamination> {
  const subject = await wordSubject(plan)
  try {
    const { dataset } = subject
    if (dataset.hash !== result.datasetHash) {
      throw new MediaError(`The sounds in "${plan.data.speech}" or its backgrounds are not those that "${plan.name}" was trained on. Put those back to have it examined.`)
    }
    const weights = await readWeights(result)
    const split = dataset.clips.test.length > 0 ? 'test' : 'validation'
    const answers = plan.heads.includes('word') ? await wordAnswers(context, subject, weights, split, plan.batchSize) : []
    return { split, words: dataset.words, sounds: dataset.sounds, answers, kernels: firstKernels(weights) }
  } finally {
    subject.dispose()
  }
}

async function wordAnswers({ exampleThread }: WorkerContext, subject: TrainingSubject, weights: NamedArrays, split: 'test' | 'validation', batchSize: number): Promise<WordAnswer[]> {
  const { clips, words } = subject.dataset
  const orders = clips[split].map((_, clip): ExampleOrder => ({ split, clip, mixture: 0, snrDb: null }))
  const source = createExampleSource(exampleThread, subject.thread)
  const network = trainerOf(subject, (name) => weights.get(name)!.data)
  try {
    const feed = createFeed({ subject, source, kept: null, now: () => performance.now() })
    const { logits, words: right } = await answerSplit(network, feed, orders, batchSize)
    return bestAnswers(logits.word, words.length).map(({ best, probability }, i) => ({ file: shortName(clips[split][i]!.file), right: right[i]!, said: best, probability }))
  } finally {
    network.dispose()
    await source.close()
  }
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
