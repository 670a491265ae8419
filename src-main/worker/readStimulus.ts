import { MediaError, ShapeError } from '../domain/errors.ts'
import type { NetworkInput, NetworkSummary, StimulusKind } from '../domain/network.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { prepareImage } from '../engine/frontends/imagePreprocessing.ts'
import { decodeStimulus, type ArrayStimulus, type DecodedStimulus } from './decodeStimulus.ts'
import { prepareSoundFile } from './prepareSoundFile.ts'

/** A stimulus as the variable that synthesis optimises. */
export interface ReadStimulus {
  /** Batch axis first. */
  shape: number[]
  data: Float32Array
  /** What was done on the way, one sentence each. */
  notices: string[]
}

type Network = Pick<NetworkSummary, 'name' | 'input'>

/**
 * Read a file as a network takes it: pictures cropped and resized, sounds resampled, cut and levelled to RMS 0.1.
 * An array is taken as it is.
 *
 * @throws MediaError when the file cannot be used or is of the other kind; ShapeError when an array does not fit
 */
export async function readStimulus(file: StimulusFile, network: Network): Promise<ReadStimulus> {
  const decoded = await decodeStimulus(file)
  const { input } = network
  const kind = kindOf(decoded)
  if (kind !== input.kind) throw otherKind(file.fileName, kind, network)
  if (decoded.from === 'array') return fitArray(decoded.array, file.fileName, network)
  const { data, notices } = prepare(file.fileName, decoded, input)
  return { shape: [1, ...shapeOf(input)], data, notices: [...decoded.notices, ...notices] }
}

/** The same for one stimulus at a time. @throws ShapeError also when an array holds several */
export async function readOneStimulus(file: StimulusFile, network: Network): Promise<ReadStimulus> {
  const read = await readStimulus(file, network)
  if (read.shape[0] === 1) return read
  throw new ShapeError(`"${file.fileName}" holds ${read.shape[0]} stimuli; one is expected here. Save each in a file of its own.`)
}

export function kindOf(decoded: DecodedStimulus): StimulusKind {
  return decoded.from === 'array' ? decoded.array.kind : decoded.signal.kind
}

function prepare(fileName: string, decoded: Exclude<DecodedStimulus, { from: 'array' }>, input: NetworkInput): { data: Float32Array; notices: string[] } {
  if (decoded.from === 'picture' && input.kind === 'image') return prepareImage(decoded.signal, input.height, input.width)
  if (decoded.from === 'sound' && input.kind === 'audio') return prepareSoundFile(fileName, decoded.signal, { ...input, level: 'rms' })
  throw new Error('The kinds were compared before.')
}

function shapeOf(input: NetworkInput): number[] {
  return input.kind === 'image' ? [input.height, input.width, input.channels] : [input.samples]
}

function fitArray(array: ArrayStimulus, fileName: string, { name, input }: Network): ReadStimulus {
  const expected = shapeOf(input)
  if (array.shape.slice(1).join() === expected.join()) return { ...array, notices: [] }
  throw new ShapeError(
    `"${fileName}" has shape [${array.shape.join(', ')}]; network "${name}" takes [batch, ${expected.join(', ')}]. Crop, resize or resample it to that first.`,
  )
}

function otherKind(fileName: string, kind: StimulusKind, { name, input }: Network): MediaError {
  const words = { image: 'a picture', audio: 'a sound' }
  return new MediaError(`"${fileName}" is ${words[kind]}, and network "${name}" takes ${input.kind === 'image' ? 'pictures' : 'sounds'}. Choose another file or another network.`)
}
