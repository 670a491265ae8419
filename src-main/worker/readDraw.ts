import type { Augmentation } from '../domain/nullDistribution.ts'
import { MediaError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { cropAtRandom } from '../engine/frontends/randomCrop.ts'
import { placeAtRandom } from '../engine/frontends/randomPlace.ts'
import { createRandom } from '../engine/support/random.ts'
import { decodeStimulus } from './decodeStimulus.ts'
import { prepareSoundFile } from './prepareSoundFile.ts'
import { readOneStimulus, type ReadStimulus } from './readStimulus.ts'

export interface Draw {
  /** Number of the draw: it and the seed choose the crop. */
  number: number
  seed: number
  augmentation: Augmentation
}

/**
 * Read a stimulus for a null distribution: as for a synthesis, or as one of the many ways in which augmentation shows it.
 *
 * @throws MediaError, ShapeError that name the file
 */
export async function readDraw(file: StimulusFile, network: NetworkSummary, draw: Draw): Promise<Pick<ReadStimulus, 'shape' | 'data'>> {
  if (draw.augmentation === 'none') return readOneStimulus(file, network)
  const random = createRandom(draw.seed, `null draw ${draw.number}`)
  const decoded = await decodeStimulus(file)
  const { input } = network
  if (decoded.from === 'picture' && input.kind === 'image') {
    return { shape: [1, input.height, input.width, input.channels], data: cropAtRandom(decoded.signal, input.height, input.width, random) }
  }
  if (decoded.from === 'sound' && input.kind === 'audio') {
    const placed = placeAtRandom(decoded.signal, input.samples / input.sampleRateHz, random)
    return { shape: [1, input.samples], data: prepareSoundFile(file.fileName, placed, { ...input, level: 'rms' }).data }
  }
  throw new MediaError(`"${file.fileName}" is an array of numbers, and only pictures and sounds can be augmented. Leave it out of the pool, or augment nothing.`)
}
