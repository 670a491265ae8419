import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import type { TestScores, TrainingPlan, TrainingResult } from '../../domain/training.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import { logitsHead, type HeadOutputs } from '../../engine/models/architectures/wordCnnHeads.ts'
import { trainedCard } from '../../engine/training/trainedCard.ts'
import { writeSafetensors } from '../../weights/safetensors.ts'
import { writeTrainingFile } from './checkpointFile.ts'
import type { Dataset } from './dataset.ts'

/** Where a training keeps its files: card and weights at the end, checkpoints and cochleagrams meanwhile. */
export function trainingPlaces({ outFolder, name, data }: TrainingPlan) {
  const folder = path.join(outFolder, name)
  const work = path.join(folder, 'training')
  return {
    folder,
    last: path.join(work, 'last.safetensors'),
    best: path.join(work, 'best.safetensors'),
    cache: data.cacheFolder ?? work,
    make: () => mkdirSync(work, { recursive: true }),
  }
}

export interface FinishedNetwork {
  plan: TrainingPlan
  dataset: Dataset
  heads: HeadOutputs
  rows: number
  columns: number
  weights: NamedArrays
  result: Omit<TrainingResult, 'folder' | 'weightsHash'>
}

/** Write weights and card; with the card there, the folder is a network. */
export function writeNetwork({ plan, dataset, heads, rows, columns, weights, result }: FinishedNetwork): TrainingResult {
  const { folder } = trainingPlaces(plan)
  const bytes = writeSafetensors(weights, { source: sourceOf(plan), licence: plan.licence })
  const hash = createHash('sha256').update(bytes).digest('hex')
  const labels = logitsHead(heads).head === 'word' ? dataset.words : dataset.sounds
  const card = trainedCard({
    name: plan.name,
    title: plan.title,
    network: { form: plan.form, channels: plan.channels, fc: plan.fc, heads },
    rows,
    columns,
    labels,
    weights: { hash, source: sourceOf(plan), licence: plan.licence },
    notes: [...plan.notes, ...notesOf(plan, result)],
  })
  const advice = 'Its last checkpoint is kept; free some space, then resume the training.'
  writeTrainingFile(path.join(folder, 'weights.safetensors'), bytes, advice)
  writeTrainingFile(path.join(folder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`, advice)
  return { ...result, folder, weightsHash: hash }
}

function sourceOf({ seed }: TrainingPlan): string {
  return `Trained in Metamer Lab, seed ${seed}.`
}

function notesOf(plan: TrainingPlan, { stop, steps, best, tests, datasetHash, notices }: Omit<TrainingResult, 'folder' | 'weightsHash'>): string[] {
  const { wordAccuracy, meanAuc, loss } = best
  const scores = [wordAccuracy === null ? null : `word accuracy ${percent(wordAccuracy)}`, meanAuc === null ? null : `mean AUC ${meanAuc.toFixed(3)}`, `loss ${loss.toFixed(3)}`]
  return [
    `Training: ${plan.optimiser.kind === 'sgd' ? 'SGD' : 'Adam'}, rate ${plan.rate}, batches of ${plan.batchSize * plan.accumulate}, seed ${plan.seed}; ${steps} updates, ended because: ${stop}. Kept: the network after ${best.step} updates.`,
    `Validation (SNR ${plan.data.snrDb.join(' to ')} dB): ${scores.filter(Boolean).join(', ')}.`,
    ...testNotes(tests, 'test', 'clips that were not trained on'),
    ...testNotes(tests, 'test-unseen', 'clips of speakers that were not trained on'),
    `Data: manifests with SHA-256 ${datasetHash}, mixtures of seed ${plan.data.seed}.`,
    ...notices,
  ]
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

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
