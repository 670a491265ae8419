import { ModelFileError } from '../domain/errors.ts'
import { copyBytes } from './copyBytes.ts'
import { skippedWarnings, type ParsedWeights } from './parsedWeights.ts'
import { readPickle } from './pickle.ts'
import { checkInside, copyStrided, createGather, findState, gatherFloats, stateGlobals, type Gather, type StorageKind, type StridedView } from './torchTensors.ts'

/** A tensor of a PyTorch checkpoint in logical row-major order. Whole numbers (int64) are kept apart. */
export type CheckpointTensor =
  | { dtype: 'float32'; shape: number[]; data: Float32Array }
  | { dtype: 'int64'; shape: number[]; data: BigInt64Array }

const magicNumber = 0x1950a86a20f9469cfc6cn
/**
 * Read the state dictionary of a PyTorch file of before version 1.6 (not a zip archive). Nothing in the file is executed.
 *
 * Tensors are views: shape and strides into a storage. Strides are honoured, so a transposed view comes out in its
 * logical order (convolution [out, in, height, width], linear [out, in]).
 *
 * @param bytes  the whole file
 * @returns float32 and int64 tensors in file order; they may be views of `bytes`, which must not change then
 * @throws ModelFileError when it is another kind of file, cut short, or asks for anything but tensors
 * @source layout: shared notes on EfficientNet-Lite0, section 3
 */
export function readPytorchLegacy(bytes: Uint8Array): Map<string, CheckpointTensor> {
  const { state, storageOf, gather } = openLegacy(bytes)
  const tensors = new Map<string, CheckpointTensor>()
  for (const [name, view] of state) {
    if (view.kind.type === 'float32') tensors.set(name, { dtype: 'float32', shape: view.shape, data: gatherFloats(new Map([[name, view]]), gather).arrays.get(name)!.data })
    if (view.kind.type === 'int64') tensors.set(name, { dtype: 'int64', shape: view.shape, data: gatherIntegers(name, view, storageOf(view.storageKey)) })
  }
  return tensors
}

/** The same for openWeightFile: floating-point tensors of every precision; others are named in a warning. */
export function readPytorchLegacyWeights(bytes: Uint8Array): ParsedWeights {
  const { state, gather } = openLegacy(bytes)
  const { arrays, skipped } = gatherFloats(state, gather)
  return { arrays, layout: 'pytorch', warnings: skippedWarnings(skipped) }
}

interface LegacyFile {
  state: Map<string, StridedView>
  storageOf(key: string): Uint8Array | undefined
  gather: Gather
}

function openLegacy(bytes: Uint8Array): LegacyFile {
  const kinds = new Map<string, StorageKind>()
  const pickle = readPickle(bytes, readPreamble(bytes), stateGlobals(kinds))
  const state = findState(pickle.value)
  const keys = readPickle(bytes, pickle.end, {})
  if (!Array.isArray(keys.value)) throw new ModelFileError('The checkpoint has no list of its storages. It is damaged; fetch it again.')
  const storages = readStorages(bytes, keys.end, keys.value, kinds)
  const storageOf = (key: string) => storages.get(key)
  return { state, storageOf, gather: createGather(storageOf, bytes.length) }
}

/** @returns where the state dictionary's pickle starts */
function readPreamble(bytes: Uint8Array): number {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new ModelFileError('This checkpoint is a zip archive, the format of PyTorch 1.6 and later. Save it with _use_new_zipfile_serialization=False, or convert it to safetensors.')
  }
  if (bytes[0] !== 0x80) throw new ModelFileError('This is no PyTorch checkpoint: it does not begin with a pickle. Choose a .pth file.')
  const magic = readPickle(bytes, 0, {})
  const version = readPickle(bytes, magic.end, {})
  if (magic.value !== magicNumber || version.value !== 1001) {
    throw new ModelFileError('This is no PyTorch checkpoint of the legacy format: its magic number or version differs. Choose another file.')
  }
  const system = readPickle(bytes, version.end, {})
  if (!(system.value instanceof Map) || system.value.get('little_endian') !== true) {
    throw new ModelFileError('This checkpoint was written on a big-endian machine, which cannot be read. Save it again on a little-endian one.')
  }
  return system.end
}

/** Each storage: int64 count of values, then the values; in the order of the key list. */
function readStorages(bytes: Uint8Array, start: number, keys: unknown[], kinds: Map<string, StorageKind>): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const storages = new Map<string, Uint8Array>()
  let position = start
  for (const key of keys) {
    const kind = typeof key === 'string' ? kinds.get(key) : undefined
    if (!kind) throw new ModelFileError(`The checkpoint lists a storage "${String(key).slice(0, 100)}" that no tensor uses. It is damaged; fetch it again.`)
    const count = position + 8 <= bytes.length ? Number(view.getBigInt64(position, true)) : Infinity
    const end = position + 8 + count * kind.bytesPerValue
    if (!(count >= 0 && end <= bytes.length)) {
      throw new ModelFileError(`The checkpoint is cut short: it ends at byte ${bytes.length}, inside storage "${key as string}". Fetch it again.`)
    }
    storages.set(key as string, bytes.subarray(position + 8, end))
    position = end
  }
  return storages
}

/** Counters of training: few values. */
function gatherIntegers(name: string, view: StridedView, storage: Uint8Array | undefined): BigInt64Array {
  const bytes = checkInside(name, view, storage)
  const count = view.shape.reduce((a, b) => a * b, 1)
  const values = new BigInt64Array(copyBytes(bytes, 8 * view.offset, bytes.length - (bytes.length % 8)))
  if (count > values.length) throw new ModelFileError(`The checkpoint's tensor "${name}" reaches beyond its storage. It is damaged; fetch it again.`)
  return copyStrided(values, view, new BigInt64Array(count))
}
