import { existsSync, readFileSync } from 'node:fs'
import { ModelFileError } from '../../domain/errors.ts'
import { fromJson, toJson } from '../../domain/jsonWithNaN.ts'
import type { RatePeriod, Validation } from '../../domain/training.ts'
import type { TrainerState } from '../../engine/training/trainNetwork.ts'
import { writeWhole } from '../../media/writeWhole.ts'
import { readSafetensors, readSafetensorsMetadata, writeSafetensors } from '../../weights/safetensors.ts'
import { whyNotWritten } from './whyNotWritten.ts'

/** A training as it stands: it goes on from here bit for bit. */
export interface TrainingCheckpoint {
  trainer: TrainerState
  validations: Validation[]
  /** Losses of all steps so far. */
  losses: Float32Array
  seconds: number
  rates: RatePeriod[]
  /** Of the plan and the data that it belongs to. */
  belongsTo: string
}

const lossesName = 'training/losses'

/**
 * Write a checkpoint: whole, or not at all.
 *
 * @throws ModelFileError that says the earlier one is kept, when the disk is full or cannot be written
 */
export function writeCheckpoint(file: string, checkpoint: TrainingCheckpoint): void {
  const { trainer, validations, losses, seconds, rates, belongsTo } = checkpoint
  const arrays = new Map([...trainer.arrays, [lossesName, { shape: [losses.length], data: losses }]])
  const metadata = { step: String(trainer.step), validations: toJson(validations), seconds: String(seconds), rates: JSON.stringify(rates), belongsTo }
  const kept = existsSync(file) ? 'The earlier checkpoint is kept' : 'Nothing was left behind'
  writeTrainingFile(file, writeSafetensors(arrays, metadata), kept)
}

/** @param kept  what is there all the same, to begin a sentence @throws ModelFileError with that and what to do */
export function writeTrainingFile(file: string, content: string | Uint8Array, kept: string): void {
  try {
    writeWhole(file, content)
  } catch (cause) {
    const { why, cure } = whyNotWritten(cause)
    throw new ModelFileError(`"${file}" cannot be written: ${why}. ${kept}; ${cure}, then resume the training.`, { cause })
  }
}

/** The same as `readCheckpoint` of one that must be there. @throws ModelFileError when it is not */
export function requireCheckpoint(file: string, belongsTo: string): TrainingCheckpoint {
  const found = readCheckpoint(file, belongsTo)
  if (found) return found
  throw new ModelFileError(`The checkpoint "${file}", which holds the network to be kept, is gone. Put it back and resume the training, or remove its folder to start anew.`)
}

/**
 * @returns null where there is none
 * @throws ModelFileError when it is damaged, or of another training
 */
export function readCheckpoint(file: string, belongsTo: string): TrainingCheckpoint | null {
  if (!existsSync(file)) return null
  const bytes = readFileSync(file)
  const metadata = unlessDamaged(file, () => readSafetensorsMetadata(bytes, file))
  if (metadata['belongsTo'] !== belongsTo) {
    throw new ModelFileError(`The checkpoint "${file}" is of a training with other settings or other data. To go on with it, give those that it had: only the updates, the rate and its schedule, the target and when to validate may be others. Otherwise choose another name or folder, or remove it to start anew.`)
  }
  const arrays = unlessDamaged(file, () => readSafetensors(bytes, file))
  const losses = arrays.get(lossesName)!.data
  arrays.delete(lossesName)
  return {
    trainer: { step: Number(metadata['step']), arrays },
    validations: fromJson(metadata['validations']!) as Validation[],
    losses,
    seconds: Number(metadata['seconds']),
    rates: JSON.parse(metadata['rates']!) as RatePeriod[],
    belongsTo,
  }
}

function unlessDamaged<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new ModelFileError(`The checkpoint "${file}" is damaged; no training can go on from it. Put back a copy, or remove it to start anew.`, { cause })
  }
}
