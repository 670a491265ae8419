import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { ModelFileError, UsageError } from '../../domain/errors.ts'
import type { TrainingResult } from '../../domain/training.ts'
import type { TrainingPlan } from '../../domain/trainingPlan.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import { writeSafetensors } from '../../weights/safetensors.ts'
import { sha256 } from '../sha256.ts'
import { writeTrainingFile } from './checkpointFile.ts'
import type { EndOfTraining, TrainingSubject } from './trainingSubject.ts'
import { whyNotWritten } from './whyNotWritten.ts'

const cardFile = 'card.json'

/** Where a training keeps its files: card and weights at the end, checkpoints and prepared examples meanwhile. */
export function trainingPlaces({ outFolder, name, data }: TrainingPlan) {
  const folder = path.join(outFolder, name)
  const work = path.join(folder, 'training')
  return {
    folder,
    last: path.join(work, 'last.safetensors'),
    best: path.join(work, 'best.safetensors'),
    cache: data.cacheFolder ?? work,
    make: () => makeFolder(work),
  }
}

/**
 * A finished training may go on, as long as its checkpoint lies beside the network; what came from elsewhere, such as by an import, must not be
 * written over.
 *
 * @throws UsageError where the folder holds a network that no checkpoint belongs to
 */
export function requireFreeFolder(plan: TrainingPlan): void {
  const { folder, last } = trainingPlaces(plan)
  if (!existsSync(path.join(folder, cardFile)) || existsSync(last)) return
  throw new UsageError(`"${folder}" holds a network already, and no checkpoint to go on from: this training would write over it. Choose another name or folder, or remove that network first.`)
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    const { why, cure } = whyNotWritten(cause)
    throw new ModelFileError(`The folder "${folder}" cannot be made: ${why}. Choose another place for the network, or ${cure}.`, { cause })
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
  const kept = 'Its last checkpoint is kept'
  writeTrainingFile(path.join(folder, 'weights.safetensors'), bytes, kept)
  writeTrainingFile(path.join(folder, cardFile), `${JSON.stringify(card, null, 2)}\n`, kept)
  return { ...result, folder, weightsHash: hash }
}
