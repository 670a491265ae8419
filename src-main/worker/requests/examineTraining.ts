import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { MediaError, ModelFileError } from '../../domain/errors.ts'
import type { Examination, TrainingAnswer } from '../../domain/trainingRecords.ts'
import type { TrainingPlan } from '../../domain/trainingPlan.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { bestAnswers } from '../../engine/training/scores.ts'
import { readSafetensors } from '../../weights/safetensors.ts'
import type { WorkerContext } from '../context.ts'
import { sha256 } from '../sha256.ts'
import type { ExampleOrder } from '../training/example.ts'
import { createExampleSource } from '../training/exampleSource.ts'
import { createFeed } from '../training/feed.ts'
import { answerSplit } from '../training/scoreSplit.ts'
import { shortName } from '../training/shortName.ts'
import { subjectOf } from '../training/subjectOf.ts'
import { trainerOf, type TrainingSubject } from '../training/trainingSubject.ts'

type Params = WorkerRequests['examineTraining']['params']

/**
 * Look at a finished training's network: what it answers to each clip of the test that nothing is mixed into, or to each whole picture of it, and
 * its first kernels. Without a test, the validation is asked about.
 *
 * @throws MediaError when the data are others than it was trained on; ModelFileError when its weights are
 */
export async function examineTraining(context: WorkerContext, { plan, result }: Params): Promise<Examination> {
  const subject = await subjectOf(plan, context.networks)
  try {
    const { dataset } = subject
    if (!areSame(dataset, result)) throw new MediaError(`${dataIn(plan)} are not those that "${plan.name}" was trained on. Put those back to have it examined.`)
    const weights = await readWeights(result)
    const split = dataset.clips.test.length > 0 ? 'test' : 'validation'
    const answers = namesWords(plan) ? await answersTo(context, subject, weights, split, plan.batchSize) : []
    return { split, words: dataset.words, sounds: dataset.sounds, answers, kernels: firstKernels(weights, subject) }
  } finally {
    subject.dispose()
  }
}

/** Results of earlier versions say nothing about what is in the files. */
function areSame({ hash, contents }: TrainingSubject['dataset'], { datasetHash, contentsHash = contents }: Params['result']): boolean {
  return hash === datasetHash && contents === contentsHash
}

function dataIn(plan: TrainingPlan): string {
  return plan.kind === 'pictures' ? `The pictures in "${plan.data.pictures}"` : `The sounds in "${plan.data.speech}" or its backgrounds`
}

function namesWords(plan: TrainingPlan): boolean {
  return plan.kind === 'pictures' || plan.heads.includes('word')
}

async function answersTo({ exampleThread }: WorkerContext, subject: TrainingSubject, weights: NamedArrays, split: 'test' | 'validation', batchSize: number): Promise<TrainingAnswer[]> {
  const { clips, words } = subject.dataset
  const orders = clips[split].map((_, clip): ExampleOrder => ({ split, clip, mixture: 0, snrDb: null }))
  const source = createExampleSource(exampleThread, subject.thread)
  const network = trainerOf(subject, subject.learned(weights))
  try {
    const feed = createFeed({ subject, source, kept: null, now: () => performance.now() })
    const { logits, words: right } = await answerSplit(network, feed, orders, batchSize)
    return bestAnswers(logits.word, words.length).map(({ best, probability }, i) => ({ file: shortName(clips[split][i]!.file), right: right[i]!, said: best, probability }))
  } finally {
    network.dispose()
    await source.close()
  }
}

function firstKernels(weights: NamedArrays, { firstKernel, drawn = (kernel) => kernel }: TrainingSubject): Examination['kernels'] {
  const { shape, data } = drawn(weights.get(firstKernel)!)
  return { shape: [...shape], data }
}

/** The network's folder may hold another by now: one that was trained under the same name. */
async function readWeights({ folder, weightsHash }: Params['result']): Promise<NamedArrays> {
  const file = path.join(folder, 'weights.safetensors')
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ModelFileError(`The weights "${file}" cannot be read. Put them back, or train the network again.`, { cause })
  })
  if (sha256(bytes) === weightsHash) return readSafetensors(bytes, file)
  throw new ModelFileError(`The weights "${file}" are not those that this training made: a later one of the same name took their place. Examine that one.`)
}
