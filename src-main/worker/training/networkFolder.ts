import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { TrainingPlan, TrainingResult } from '../../domain/training.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import { writeSafetensors } from '../../weights/safetensors.ts'
import { sha256 } from '../sha256.ts'
import { writeTrainingFile } from './checkpointFile.ts'
import type { EndOfTraining, TrainingSubject } from './trainingSubject.ts'

/** Where a training keeps its files: card and weights at the end, checkpoints and prepared examples meanwhile. */
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

/**
 * Write weights and card; with the card there, the folder is a network.
 *
 * @param learned  by their names in training
 */
export function writeNetwork(plan: TrainingPlan, subject: TrainingSubject, learned: NamedArrays, result: EndOfTraining): TrainingResult {
  const { folder } = trainingPlaces(plan)
  const source = `Trained in Metamer Lab, seed ${plan.seed}.`
  const bytes = writeSafetensors(subject.weightFile(learned), { source, licence: plan.licence })
  const hash = sha256(bytes)
  const card = subject.card({ hash, source, licence: plan.licence }, result)
  const advice = 'Its last checkpoint is kept; free some space, then resume the training.'
  writeTrainingFile(path.join(folder, 'weights.safetensors'), bytes, advice)
  writeTrainingFile(path.join(folder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`, advice)
  return { ...result, folder, weightsHash: hash }
}
