import { networkIn } from '../../domain/hearingNetworks.ts'
import type { TestScores } from '../../domain/training.ts'
import type { WordTrainingPlan } from '../../domain/trainingPlan.ts'
import { frontEndFor } from '../../engine/frontends/frontEndFor.ts'
import { logitsHead, type HeadOutputs } from '../../engine/models/architectures/hearingHeads.ts'
import { startingWeights } from '../../engine/training/startingWeights.ts'
import { trainableNetwork, type TrainableNetwork } from '../../engine/training/trainableNetwork.ts'
import { trainedCard } from '../../engine/training/trainedCard.ts'
import { sha256 } from '../sha256.ts'
import { openDataset, type Dataset } from './dataset.ts'
import type { ExampleOrder } from './example.ts'
import type { Hearing } from './hearExamples.ts'
import { hearingOf } from './hearingOf.ts'
import { answersOf } from './mixClip.ts'
import { trainingNote } from './trainingNote.ts'
import { percent, type EndOfTraining, type SubjectTest, type TrainingSubject } from './trainingSubject.ts'

/** A network that hears, from random weights. @throws MediaError when the data do not fit the plan */
export async function wordSubject(plan: WordTrainingPlan): Promise<TrainingSubject> {
  const { dropout, normMomentum, normSums = 'places', data } = plan
  const hearing = hearingOf(plan)
  const dataset = await openDataset(data, plan.heads, hearing.input)
  const heads: HeadOutputs = Object.fromEntries(plan.heads.map((head) => [head, head === 'word' ? dataset.words.length : dataset.sounds.length]))
  const network = trainableNetwork(networkIn(plan), heads)
  const { rows, columns } = frontEndFor(hearing.frontEnd, hearing.input)!
  const cacheKey = cacheKeyOf(plan, hearing, dataset)
  return {
    dataset,
    thread: { kind: 'words', dataset, data, size: hearing.input, hearing },
    shape: [rows, columns, 1],
    encode: null,
    answersOf: (order) => answersOf(dataset, data, order),
    cacheName: `${hearing.frontEnd!.name === 'cochleagram' ? 'cochleagrams' : hearing.frontEnd!.name}-${cacheKey}`,
    identity: identityOf(plan, cacheKey, dataset.words),
    settings: plan,
    start: startingWeights(plan.seed),
    network: (start) => network.build({ rows, columns, dropout, normMomentum, normSums }, start),
    tests: () => testsOf(plan, dataset),
    weightFile: (learned) => new Map([...learned].map(([name, array]) => [network.fileName(name), array])),
    learned: (weightFile) => (name) => weightFile.get(network.fileName(name))!.data,
    firstKernel: network.firstKernel,
    drawn: network.drawn,
    card: (weights, result) => trainedCard({
      name: plan.name,
      title: plan.title,
      network,
      labels: logitsHead(heads).head === 'word' ? dataset.words : dataset.sounds,
      weights,
      notes: [...plan.notes, ...notesOf(plan, network, dataset, result)],
    }),
    dispose: () => undefined,
  }
}

/** Of everything that what the front end gives depends on. That of cochleagrams names no front end: it is from before there were others, and those kept stay of use. */
function cacheKeyOf({ data: { snrDb, shiftS, mixtures, seed } }: WordTrainingPlan, hearing: Hearing, dataset: Dataset): string {
  const heard = hearing.frontEnd!.name === 'cochleagram' ? {} : hearing
  return sha256(JSON.stringify({ snrDb, shiftS, mixtures, seed, data: dataset.hash, contents: dataset.contents, ...heard })).slice(0, 16)
}

function identityOf(plan: WordTrainingPlan, cache: string, words: readonly string[]): string {
  const { heads, batchSize, accumulate, optimiser, lossWeights, dropout, normMomentum, normSums, seed } = plan
  // Trainings whose plans do not say it go on.
  const sums = normSums === 'rows' ? { normSums } : {}
  return sha256(JSON.stringify({ ...networkIn(plan), heads, batchSize, accumulate, optimiser, lossWeights, dropout, normMomentum, seed, cache, words, ...sums }))
}

/** Clean, where there are words to be heard, and at each SNR, on the same clips; speakers that were not trained on by themselves. */
function testsOf({ heads, testSnrsDb }: WordTrainingPlan, { clips, backgrounds }: Dataset): SubjectTest[] {
  const snrs = [...(heads.includes('word') ? [null] : []), ...(backgrounds.test.length > 0 ? testSnrsDb : [])]
  return (['test', 'test-unseen'] as const)
    .filter((split) => clips[split].length > 0)
    .flatMap((split) => snrs.map((snrDb) => ({ split, snrDb, orders: clips[split].map((_, clip): ExampleOrder => ({ split, clip, mixture: 0, snrDb })) })))
}

function notesOf(plan: WordTrainingPlan, { norms }: TrainableNetwork, { backgrounds }: Dataset, result: EndOfTraining): string[] {
  const { best, tests, datasetHash, contentsHash, notices } = result
  const { wordAccuracy, meanAuc, loss } = best
  const scores = [wordAccuracy === null ? null : `word accuracy ${percent(wordAccuracy)}`, meanAuc === null ? null : `mean AUC ${meanAuc.toFixed(3)}`, `loss ${loss.toFixed(3)}`]
  return [
    trainingNote(plan, result),
    hearingNote(plan, { norms, mixed: backgrounds.train.length > 0 }),
    `Validation (${backgrounds.validation.length > 0 ? `SNR ${plan.data.snrDb.join(' to ')} dB` : 'clean'}): ${scores.filter(Boolean).join(', ')}.`,
    ...testNotes(tests, 'test', 'clips that were not trained on'),
    ...testNotes(tests, 'test-unseen', 'clips of speakers that were not trained on'),
    `Data: manifests with SHA-256 ${datasetHash}, files with SHA-256 ${contentsHash}, mixtures of seed ${plan.data.seed}.`,
    ...notices,
  ]
}

/** What else it takes to repeat the training: how clips were moved and mixed, and how heads and batch norms were set. */
function hearingNote({ heads, lossWeights, normMomentum, normSums, data: { snrDb, shiftS, mixtures, seed } }: WordTrainingPlan, { norms, mixed }: { norms: boolean; mixed: boolean }): string {
  return [
    `Clips: ${mixtures === null ? 'a new mixture every time' : `${mixtures} mixture${mixtures === 1 ? '' : 's'} of each`}, moved by up to ${shiftS} s, ${mixed ? `SNR ${snrDb.join(' to ')} dB` : 'nothing mixed in'}, seed ${seed}.`,
    ...(norms ? [`Batch norms add up batches ${normSums === 'rows' ? 'row by row' : 'place by place'}; their running statistics keep ${normMomentum} at each update.`] : []),
    ...(heads.length > 1 ? [`Losses weighted ${lossWeights.word} (words) and ${lossWeights.sounds} (sounds).`] : []),
  ].join(' ')
}

function testNotes(tests: TestScores[], split: TestScores['split'], what: string): string[] {
  const chosen = tests.filter((one) => one.split === split)
  return chosen.length > 0 ? [`Test, ${chosen[0]!.clips} ${what}: ${chosen.map(testText).join('; ')}.`] : []
}

function testText({ snrDb, wordAccuracy, meanAuc }: TestScores): string {
  const at = snrDb === null ? 'clean' : `${snrDb} dB`
  const scores = [wordAccuracy === null ? null : percent(wordAccuracy), meanAuc === null || Number.isNaN(meanAuc) ? null : `AUC ${meanAuc.toFixed(3)}`]
  return `${at} ${scores.filter(Boolean).join(', ')}`
}
