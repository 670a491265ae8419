import { MediaError } from '../domain/errors.ts'
import type { AudioSignal } from '../domain/stimulus.ts'
import { prepareSound, type PreparedSound } from '../engine/frontends/audioPreprocessing.ts'
import { hearing } from './hearing.ts'

/**
 * Prepare a sound as every network that hears takes it.
 *
 * @throws MediaError that names the file
 */
export function prepareSoundFile(fileName: string, signal: AudioSignal, level: 'keep' | 'rms'): PreparedSound {
  try {
    return prepareSound(signal, { ...hearing, level })
  } catch (error) {
    if (error instanceof MediaError) throw new MediaError(`"${fileName}": ${error.message}`)
    throw error
  }
}
