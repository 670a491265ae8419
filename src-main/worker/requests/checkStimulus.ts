import type { AudioSignal, ImageSignal } from '../../domain/stimulus.ts'
import type { CheckedStimulus, StimulusFile } from '../../domain/workerMessages.ts'
import { thumbnailPng } from '../../media/decodeImage.ts'
import type { WorkerContext } from '../context.ts'
import { decodeStimulus, type ArrayStimulus } from '../decodeStimulus.ts'
import { hearing, hearingsOf, hearingWords, type Hearing } from '../hearing.ts'
import { prepareSoundFile } from '../prepareSoundFile.ts'

const thumbnailSide = 160

/**
 * Say whether a file can be a reference stimulus, and what would be done to it.
 * Sounds are prepared as each network that hears takes them, so that a silent one is refused here already.
 *
 * @throws MediaError, ShapeError or NumericalError when it cannot
 */
export async function checkStimulus(context: Pick<WorkerContext, 'networks'>, { stimulus }: { stimulus: StimulusFile }): Promise<CheckedStimulus> {
  const decoded = await decodeStimulus(stimulus)
  const hearings = hearingsOf(context)
  if (decoded.from === 'picture') return checkedPicture(decoded.signal, decoded.notices)
  if (decoded.from === 'sound') return checkedSound(stimulus.fileName, decoded.signal, decoded.notices, hearings)
  return decoded.array.kind === 'image'
    ? checkedPicture(firstPicture(decoded.array), [])
    : { kind: 'audio', notices: [], thumbnailPng: null, durationS: arrayDurationS(decoded.array, hearings) }
}

async function checkedPicture(signal: ImageSignal, notices: string[]): Promise<CheckedStimulus> {
  return { kind: 'image', notices, thumbnailPng: await thumbnailPng(signal, thumbnailSide), durationS: null }
}

function checkedSound(fileName: string, signal: AudioSignal, notices: string[], hearings: Hearing[]): CheckedStimulus {
  const told = hearings.map((hears) => ({ hears, notices: prepareSoundFile(fileName, signal, { ...hears, level: 'rms' }).notices }))
  const durationS = signal.data.length / signal.sampleRateHz
  return { kind: 'audio', notices: [...notices, ...joined(told)], thumbnailPng: null, durationS }
}

/** What is done for some networks only says for which. */
function joined(told: { hears: Hearing; notices: string[] }[]): string[] {
  const forAll = (notice: string) => told.every(({ notices }) => notices.includes(notice))
  const words = told.flatMap(({ hears, notices }) => notices.map((notice) => (forAll(notice) ? notice : `Networks that take ${hearingWords(hears)}: ${notice}`)))
  return [...new Set(words)]
}

/** An array has no rate: that of the networks which take sounds of its length. */
function arrayDurationS({ shape }: ArrayStimulus, hearings: Hearing[]): number {
  const { sampleRateHz } = hearings.find(({ samples }) => samples === shape[1]) ?? hearing
  return shape[1]! / sampleRateHz
}

function firstPicture({ shape, data }: ArrayStimulus): ImageSignal {
  const [, height, width] = shape as [number, number, number]
  return { kind: 'image', height, width, data: data.subarray(0, height * width * 3) }
}
