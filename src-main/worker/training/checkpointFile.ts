import { existsSync, readFileSync } from 'node:fs'
import { ModelFileError } from '../../domain/errors.ts'
import { fromJson, toJson } from '../../domain/jsonWithNaN.ts'
import type { RatePeriod, Validation } from '../../domain/training.ts'
import type { TrainerState } from '../../engine/training/trainNetwork.ts'
import { writeWhole } from '../../media/writeWhole.ts'
import { readSafetensors, readSafetensorsMetadata, writeSafetensors } from '../../weights/safetensors.ts'

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
  writeTrainingFile(file, writeSafetensors(arrays, metadata), `${kept}; free some space, then resume the training.`)
}

/** @throws ModelFileError with the advice given */
export function writeTrainingFile(file: string, content: string | Uint8Array, advice: string): void {
  try {
    writeWhole(file, content)
  } catch (cause) {
    const what = (cause as NodeJS.ErrnoException).code === 'ENOSPC' ? 'the disk is full' : (cause as Error).message
    throw new ModelFileError(`"${file}" cannot be written: ${what}. ${advice}`, { cause })
  }
}

/**
 * @returns null where there is none
 * @throws ModelFileError when it is damaged, or of another training
 */
export function readCheckpoint(file: string, belongsTo: string): TrainingCheckpoint | null {
  if (!existsSync(file)) return null
  const bytes = readFileSync(file)
  const metadata = readSafetensorsMetadata(bytes, file)
  if (metadata['belongsTo'] !== belongsTo) {
    throw new ModelFileError(`The checkpoint "${file}" is of a training with other settings or other data. Choose another name or folder, or remove it to start anew.`)
  }
  const arrays = readSafetensors(bytes, file)
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
