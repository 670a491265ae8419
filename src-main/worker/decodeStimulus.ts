import { ShapeError } from '../domain/errors.ts'
import type { AudioSignal, ImageSignal } from '../domain/stimulus.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { decodeImage } from '../media/decodeImage.ts'
import { decodeWav } from '../media/decodeWav.ts'
import { decodeNpy } from '../media/npy.ts'
import { sniffStimulus } from '../media/sniff.ts'

/** An array that stands for the variable itself: pictures [batch, height, width, 3], sounds [batch, samples]. */
export interface ArrayStimulus {
  kind: 'image' | 'audio'
  shape: number[]
  data: Float32Array
}

/** A stimulus file as it was read, at its own size and rate. */
export type DecodedStimulus =
  | { from: 'picture'; signal: ImageSignal; notices: string[] }
  | { from: 'sound'; signal: AudioSignal; notices: string[] }
  | { from: 'array'; array: ArrayStimulus; notices: string[] }

/** @throws MediaError when the file cannot be used; ShapeError when an array is no stimulus */
export async function decodeStimulus({ fileName, bytes }: StimulusFile): Promise<DecodedStimulus> {
  switch (sniffStimulus(bytes, fileName)) {
    case 'image':
      return { from: 'picture', ...(await decodeImage(bytes, fileName)) }
    case 'audio':
      return { from: 'sound', ...decodeWav(bytes, fileName) }
    case 'array':
      return { from: 'array', array: arrayStimulus(decodeNpy(bytes, fileName), fileName), notices: [] }
  }
}

function arrayStimulus({ shape, data }: { shape: number[]; data: Float32Array }, fileName: string): ArrayStimulus {
  if (shape.length === 4 && shape[3] === 3 && data.length > 0) return { kind: 'image', shape, data: checkRange(data, fileName) }
  if (shape.length === 2 && data.length > 0) return { kind: 'audio', shape, data }
  throw new ShapeError(
    `"${fileName}" has shape [${shape.join(', ')}]; expected [batch, height, width, 3] for pictures or [batch, samples] for sounds. Reshape the array and save it again.`,
  )
}

/** Values of 0 to 255 would pass unnoticed and be clipped away later. */
function checkRange(data: Float32Array, fileName: string): Float32Array {
  const at = data.findIndex((x) => x < 0 || x > 1)
  if (at < 0) return data
  throw new ShapeError(
    `"${fileName}" holds ${data[at]} at flat index ${at}; pictures are RGB in [0, 1] before the network's own scaling. Divide 8-bit values by 255.`,
  )
}
