import { MediaError } from '../domain/errors.ts'
import type { AudioSignal } from '../domain/stimulus.ts'
import { prepareSound, type PreparedSound, type WantedSound } from '../engine/frontends/audioPreprocessing.ts'

/**
 * Prepare the sound of a file.
 *
 * @throws MediaError that names the file
 */
export function prepareSoundFile(fileName: string, signal: AudioSignal, want: WantedSound): PreparedSound {
  try {
    return prepareSound(signal, want)
  } catch (error) {
    if (error instanceof MediaError) throw new MediaError(`"${fileName}": ${error.message}`)
    throw error
  }
}
