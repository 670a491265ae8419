import { ModelFileError } from '../domain/errors.ts'
import { copyBytes } from './copyBytes.ts'
import { PersistentId, readPickle, type PickleGlobals } from './pickle.ts'

/** A tensor of a PyTorch checkpoint in logical row-major order. Whole numbers (int64) are kept apart. */
export type CheckpointTensor =
  | { dtype: 'float32'; shape: number[]; data: Float32Array }
  | { dtype: 'int64'; shape: number[]; data: BigInt64Array }

type StorageData = Float32Array | BigInt64Array
interface StorageKind {
  bytesPerValue: number
  view(buffer: ArrayBuffer): StorageData
}
/** A tensor as the pickle describes it: a strided view of a storage. */
interface StridedView {
  storageKey: string
  offset: number
  shape: number[]
  strides: number[]
}

const magicNumber = 0x1950a86a20f9469cfc6cn
const storageKinds: Record<string, StorageKind> = {
  'torch.FloatStorage': { bytesPerValue: 4, view: (b) => new Float32Array(b) },
  'torch.LongStorage': { bytesPerValue: 8, view: (b) => new BigInt64Array(b) },
}

/**
 * Read the state dictionary of a PyTorch file of before version 1.6 (not a zip archive). Nothing in the file is executed.
 *
 * Tensors are views: shape and strides into a storage. Strides are honoured, so a transposed view comes out in its
 * logical order (convolution [out, in, height, width], linear [out, in]).
 *
 * @param bytes  the whole file
 * @returns tensors in file order, each with its own copy of the values
 * @throws ModelFileError when it is another kind of file, cut short, or asks for anything but tensors
 * @source layout: shared notes on EfficientNet-Lite0, section 3
 */
export function readPytorchLegacy(bytes: Uint8Array): Map<string, CheckpointTensor> {
  let position = readPreamble(bytes)
  const storages = new Map<string, StorageKind>()
  const state = readPickle(bytes, position, stateGlobals(storages))
  const keys = readPickle(bytes, state.end, {})
  position = keys.end
  const data = readStorages(bytes, position, keys.value as string[], storages)
  const tensors = new Map<string, CheckpointTensor>()
  for (const [name, view] of state.value as Map<string, StridedView>) tensors.set(name, gather(name, view, data))
  return tensors
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
  if ((system.value as Map<string, unknown>).get('little_endian') !== true) {
    throw new ModelFileError('This checkpoint was written on a big-endian machine, which cannot be read. Save it again on a little-endian one.')
  }
  return system.end
}

/** What the state dictionary's pickle may name; storages met on the way are noted by key. */
function stateGlobals(storages: Map<string, StorageKind>): PickleGlobals {
  const storageGlobals = Object.fromEntries(Object.entries(storageKinds).map(([name, kind]) => [name, () => kind]))
  return {
    'collections.OrderedDict': () => new Map(),
    'torch._utils._rebuild_tensor_v2': (storage, offset, shape, strides) => {
      const [, kind, key] = (storage as PersistentId).parts as [string, () => StorageKind, string]
      storages.set(key, kind())
      return { storageKey: key, offset, shape, strides } as StridedView
    },
    ...storageGlobals,
  }
}

/** Each storage: int64 count of values, then the values; in the order of the key list. */
function readStorages(bytes: Uint8Array, start: number, keys: string[], kinds: Map<string, StorageKind>): Map<string, StorageData> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const storages = new Map<string, StorageData>()
  let position = start
  for (const key of keys) {
    const kind = kinds.get(key)
    if (!kind) throw new ModelFileError(`The checkpoint lists a storage "${key}" that no tensor uses. It is damaged; fetch it again.`)
    const count = position + 8 <= bytes.length ? Number(view.getBigInt64(position, true)) : Infinity
    const end = position + 8 + count * kind.bytesPerValue
    if (count < 0 || end > bytes.length) {
      throw new ModelFileError(`The checkpoint is cut short: it ends at byte ${bytes.length}, inside storage "${key}". Fetch it again.`)
    }
    storages.set(key, kind.view(copyBytes(bytes, position + 8, end)))
    position = end
  }
  return storages
}

function gather(name: string, view: StridedView, storages: Map<string, StorageData>): CheckpointTensor {
  const source = storages.get(view.storageKey)
  if (!source || lastIndex(view) >= source.length) {
    throw new ModelFileError(`The checkpoint's tensor "${name}" reaches beyond its storage. It is damaged; fetch it again.`)
  }
  const count = view.shape.reduce((a, b) => a * b, 1)
  const { shape } = view
  if (source instanceof Float32Array) return { dtype: 'float32', shape, data: copyStrided(source, view, new Float32Array(count)) }
  return { dtype: 'int64', shape, data: copyStrided(source, view, new BigInt64Array(count)) }
}

function lastIndex({ offset, shape, strides }: StridedView): number {
  if (shape.includes(0)) return -1
  return shape.reduce((at, size, axis) => at + (size - 1) * strides[axis]!, offset)
}

function copyStrided<T extends StorageData>(source: T, { offset, shape, strides }: StridedView, target: T): T {
  const index = shape.map(() => 0)
  let from = offset
  for (let to = 0; to < target.length; to++) {
    target[to] = source[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      from -= shape[axis]! * strides[axis]!
      index[axis] = 0
    }
  }
  return target
}
