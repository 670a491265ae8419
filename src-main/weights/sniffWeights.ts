import { ModelFileError } from '../domain/errors.ts'
import { isHdf5 } from './hdf5Objects.ts'
import { limits } from './limits.ts'
import { parseJson } from './parseJson.ts'
import { isTfjsModel } from './tfjsModel.ts'
import { openZip } from './zipArchive.ts'

export type WeightFormat = 'safetensors' | 'pytorch-zip' | 'pytorch-legacy' | 'hdf5' | 'keras' | 'npz' | 'tfjs' | 'tensorflow-checkpoint' | 'onnx'

export const readableFormats = 'safetensors, PyTorch (.pt, .pth), Keras (.h5, .keras), TensorFlow.js (model.json), NumPy (.npz), TensorFlow checkpoints (.index) and ONNX'

/**
 * Tell a weight file's format by its content; its name is only quoted, never believed.
 *
 * @throws ModelFileError when it is empty or of no known format
 */
export function sniffWeights(bytes: Uint8Array, fileName: string): WeightFormat {
  if (bytes.length === 0) throw new ModelFileError(`"${fileName}" is empty (0 bytes). Fetch it again.`)
  const format = sniff(bytes, fileName)
  if (format) return format
  throw new ModelFileError(`"${fileName}" is no weight file that can be read. Known are ${readableFormats}. Convert it to one of these.`)
}

function sniff(bytes: Uint8Array, fileName: string): WeightFormat | undefined {
  if (isHdf5(bytes)) return 'hdf5'
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return sniffZip(openZip(bytes).names)
  if (bytes[0] === 0x80 && bytes[1]! <= 5 && bytes[2] !== 0) return 'pytorch-legacy'
  if (endsAsTable(bytes)) return 'tensorflow-checkpoint'
  if (beginsAsSafetensors(bytes)) return 'safetensors'
  if (bytes[0] === 0x7b && bytes.length <= limits.descriptionBytes && isTfjsModel(parseJson(bytes, `"${fileName}"`))) return 'tfjs'
  return beginsAsOnnx(bytes) ? 'onnx' : undefined
}

function sniffZip(names: string[]): WeightFormat | undefined {
  if (names.includes('model.weights.h5') && names.includes('config.json')) return 'keras'
  if (names.some((name) => name === 'data.pkl' || name.endsWith('/data.pkl'))) return 'pytorch-zip'
  return names.some((name) => name.endsWith('.npy')) ? 'npz' : undefined
}

function endsAsTable(bytes: Uint8Array): boolean {
  return [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb].every((byte, i) => bytes[bytes.length - 8 + i] === byte)
}

/** Eight bytes of length, then a JSON object. */
function beginsAsSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0
}

/** ModelProto begins with its ir_version (field 1), then the producer's name, a domain, a version or the graph (fields 2 to 8). */
function beginsAsOnnx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x08 && bytes[1]! > 0 && bytes[1]! < 32 && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(bytes[2]!)
}
