import type { AudioSignal, ImageSignal } from '../../domain/stimulus.ts'
import type { CheckedStimulus, StimulusFile } from '../../domain/workerMessages.ts'
import { thumbnailPng } from '../../media/decodeImage.ts'
import { decodeStimulus, type ArrayStimulus } from '../decodeStimulus.ts'
import { hearing } from '../hearing.ts'
import { prepareSoundFile } from '../prepareSoundFile.ts'

const thumbnailSide = 160

/**
 * Say whether a file can be a reference stimulus, and what would be done to it.
 * Sounds are prepared as every network that hears takes them, so that a silent one is refused here already.
 *
 * @throws MediaError, ShapeError or NumericalError when it cannot
 */
export async function checkStimulus({ stimulus }: { stimulus: StimulusFile }): Promise<CheckedStimulus> {
  const decoded = await decodeStimulus(stimulus)
  if (decoded.from === 'picture') return checkedPicture(decoded.signal, decoded.notices)
  if (decoded.from === 'sound') return checkedSound(stimulus.fileName, decoded.signal, decoded.notices)
  return decoded.array.kind === 'image'
    ? checkedPicture(firstPicture(decoded.array), [])
    : { kind: 'audio', notices: [], thumbnailPng: null, durationS: decoded.array.shape[1]! / hearing.sampleRateHz }
}

async function checkedPicture(signal: ImageSignal, notices: string[]): Promise<CheckedStimulus> {
  return { kind: 'image', notices, thumbnailPng: await thumbnailPng(signal, thumbnailSide), durationS: null }
}

function checkedSound(fileName: string, signal: AudioSignal, notices: string[]): CheckedStimulus {
  const prepared = prepareSoundFile(fileName, signal, 'rms')
  const durationS = signal.data.length / signal.sampleRateHz
  return { kind: 'audio', notices: [...notices, ...prepared.notices], thumbnailPng: null, durationS }
}

function firstPicture({ shape, data }: ArrayStimulus): ImageSignal {
  const [, height, width] = shape as [number, number, number]
  return { kind: 'image', height, width, data: data.subarray(0, height * width * 3) }
}
