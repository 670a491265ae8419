import type { AudioSignal, ImageSignal } from '../../domain/stimulus.ts'
import type { CheckedStimulus, StimulusFile } from '../../domain/workerMessages.ts'
import { thumbnailPng } from '../../media/decodeImage.ts'
import type { WorkerContext } from '../context.ts'
import { decodeStimulus, type ArrayStimulus } from '../decodeStimulus.ts'
import { hearing } from '../hearing.ts'
import { prepareSoundFile } from '../prepareSoundFile.ts'

const thumbnailSide = 160

/**
 * Say whether a file can be a reference stimulus, and what its decoding did to it.
 * What a network's own preparation does, `stimulusNotices` tells.
 *
 * @throws MediaError or ShapeError when it cannot; a sound that is silent all through is refused, too
 */
export async function checkStimulus(context: Pick<WorkerContext, 'networks'>, { stimulus }: { stimulus: StimulusFile }): Promise<CheckedStimulus> {
  const decoded = await decodeStimulus(stimulus)
  if (decoded.from === 'picture') return checkedPicture(decoded.signal, decoded.notices)
  if (decoded.from === 'sound') return checkedSound(stimulus.fileName, decoded.signal, decoded.notices)
  return decoded.array.kind === 'image'
    ? checkedPicture(firstPicture(decoded.array), [])
    : { kind: 'audio', notices: [], thumbnailPng: null, durationS: arrayDurationS(context, decoded.array) }
}

async function checkedPicture(signal: ImageSignal, notices: string[]): Promise<CheckedStimulus> {
  return { kind: 'image', notices, thumbnailPng: await thumbnailPng(signal, thumbnailSide), durationS: null }
}

function checkedSound(fileName: string, signal: AudioSignal, notices: string[]): CheckedStimulus {
  const { sampleRateHz, data } = signal
  // No network takes a sound without a level: refuse it before one is chosen.
  prepareSoundFile(fileName, signal, { sampleRateHz, samples: data.length, level: 'rms' })
  return { kind: 'audio', notices, thumbnailPng: null, durationS: data.length / sampleRateHz }
}

/** An array has no rate: that of the networks which take sounds of its length. */
function arrayDurationS({ networks }: Pick<WorkerContext, 'networks'>, { shape }: ArrayStimulus): number {
  const inputs = networks.summaries().map(({ input }) => input)
  const fitting = inputs.find((input) => input.kind === 'audio' && input.samples === shape[1])
  const { sampleRateHz } = fitting?.kind === 'audio' ? fitting : hearing
  return shape[1]! / sampleRateHz
}

function firstPicture({ shape, data }: ArrayStimulus): ImageSignal {
  const [, height, width] = shape as [number, number, number]
  return { kind: 'image', height, width, data: data.subarray(0, height * width * 3) }
}
