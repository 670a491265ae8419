import * as tf from '@tensorflow/tfjs-core'
import type { Card } from '../../domain/card.ts'
import type { PictureTrainingPlan } from '../../domain/trainingPlan.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import { baseNotices, fineTunedCard, fineTuningOf, frozenStages } from '../../engine/training/fineTuning.ts'
import { learnedStart, startFrom, trainableStages, wholeWeights } from '../../engine/training/lateStages/lateStages.ts'
import { startingWeights } from '../../engine/training/startingWeights.ts'
import type { NetworkSource } from '../context.ts'
import { networkOf } from '../networkOf.ts'
import { sha256 } from '../sha256.ts'
import type { Dataset } from './dataset.ts'
import type { ExampleOrder } from './example.ts'
import { filesOf } from './manifest.ts'
import { openPictureDataset } from './pictureDataset.ts'
import { trainingNote } from './trainingNote.ts'
import { percent, type EndOfTraining, type SubjectTest, type TrainingSubject } from './trainingSubject.ts'

/**
 * A network that sees, from the weights of another, with a classifier of its own.
 *
 * @throws MediaError when the pictures do not fit; ProtocolError, ModelFileError when the base network does not
 */
export async function pictureSubject(plan: PictureTrainingPlan, networks: NetworkSource): Promise<TrainingSubject> {
  const { name } = networkOf({ networks }, plan.base)
  const { network, code, from, size } = fineTuningOf(networks.card(name), plan.from)
  const { entry, arrays } = networks.base(name)
  const { card } = entry
  const pictures = await openPictureDataset(plan.data)
  const dataset: Dataset = { ...pictures, notices: [...pictures.notices, ...baseNotices(card, from)] }
  const frozen = frozenStages(entry, arrays, from)
  const { height, width } = size
  const cacheKey = cacheKeyOf(plan, dataset, card.weights.hash, from)
  const labels = dataset.words
  return {
    dataset,
    thread: { kind: 'pictures', dataset, data: plan.data, height, width },
    shape: frozen.shape,
    encode: (picture) => tidyNumbers(() => frozen.forward(tf.tensor(picture, [1, height, width, 3])).dataSync() as Float32Array),
    answersOf: ({ split, clip }) => ({ word: labels.indexOf(dataset.clips[split][clip]!.labels[0]!), sounds: new Float32Array() }),
    cacheName: `activations-${cacheKey}`,
    identity: identityOf(plan, cacheKey, labels),
    settings: { ...plan, lossWeights: { word: 1, sounds: 1 } },
    start: startFrom(network, card.name, arrays, startingWeights(plan.seed)),
    network: (start) => trainableStages(network, { from, labels: labels.length, dropout: plan.dropout }, start),
    tests: () => testsOf(dataset),
    weightFile: (learned) => wholeWeights(network, arrays, learned, from),
    learned: (weightFile) => learnedStart(network, plan.name, weightFile),
    firstKernel: network.firstKernel,
    card: (weights, result) => fineTunedCard({
      name: plan.name,
      title: plan.title,
      base: card,
      code,
      labels,
      weights,
      notes: [...plan.notes, `Fine-tuned from ${card.name} (${weightsText(card)}): ${from} and all after it learned, with a new classifier of ${labels.length} labels.`, ...notesOf(plan, dataset, result)],
    }),
    dispose: frozen.dispose,
  }
}

function weightsText({ weights: { state, hash, licence } }: Card): string {
  return state === 'random' ? `random weights of a recipe with SHA-256 ${hash}` : `weights with SHA-256 ${hash}, ${licence}`
}

/** Of everything that the activations of the frozen stages depend on. */
function cacheKeyOf({ data: { views, smallestArea, seed } }: PictureTrainingPlan, dataset: Dataset, base: string, from: string): string {
  return sha256(JSON.stringify({ views, smallestArea, seed, base, from, data: dataset.hash, contents: dataset.contents })).slice(0, 16)
}

function identityOf(plan: PictureTrainingPlan, cache: string, labels: readonly string[]): string {
  const { batchSize, accumulate, optimiser, dropout, seed } = plan
  return sha256(JSON.stringify({ batchSize, accumulate, optimiser, dropout, seed, cache, labels }))
}

function testsOf({ clips }: Dataset): SubjectTest[] {
  return (['test', 'test-unseen'] as const)
    .filter((split) => clips[split].length > 0)
    .map((split) => ({ split, snrDb: null, orders: clips[split].map((_, clip): ExampleOrder => ({ split, clip, mixture: 0 })) }))
}

function notesOf(plan: PictureTrainingPlan, { clips }: Dataset, result: EndOfTraining): string[] {
  const { best, tests, datasetHash, contentsHash, notices } = result
  const { views, smallestArea, seed } = plan.data
  const [lines, files] = [clips.train.length, filesOf(clips.train).length]
  return [
    trainingNote(plan, result),
    `Trained on ${files} pictures${files === lines ? '' : ` (${lines} lines of the manifest)`}, ${views === null ? 'a new view of each every time' : `${views} views of each`} (${smallestArea * 100} % of its area or more, mirrored or not), seed ${seed}.`,
    `Validation, ${clips.validation.length} pictures: ${percent(best.wordAccuracy!)} right, loss ${best.loss.toFixed(3)}.`,
    ...tests.map(({ split, clips: count, wordAccuracy }) => `Test, ${count} pictures ${split === 'test' ? 'that were not trained on' : 'of the split test-unseen'}: ${percent(wordAccuracy!)} right.`),
    `Data: manifest with SHA-256 ${datasetHash}, files with SHA-256 ${contentsHash}.`,
    ...notices,
  ]
}
