import { ModelFileError } from '../domain/errors.ts'
import { checkedCount } from './arrayShape.ts'
import { limits, unpackedLimit } from './limits.ts'
import { bytesPerFloat, floatsAt, type FloatType } from './numberTypes.ts'
import { PersistentId, type PickleGlobals } from './pickle.ts'

/** Numbers of a storage: floating-point ones are weights, others are counters and masks. */
export interface StorageKind {
  type: FloatType | 'int64' | 'other'
  /** PyTorch's name. */
  name: string
  bytesPerValue: number
}

/** A tensor as the pickle describes it: a strided view of a storage. */
export class StridedView {
  readonly storageKey: string
  readonly kind: StorageKind
  readonly offset: number
  readonly shape: number[]
  readonly strides: number[]
  constructor(storageKey: string, kind: StorageKind, offset: number, shape: number[], strides: number[]) {
    this.storageKey = storageKey
    this.kind = kind
    this.offset = offset
    this.shape = shape
    this.strides = strides
  }
}

const floats = { Float: 'float32', Half: 'float16', BFloat16: 'bfloat16', Double: 'float64' } as const
const others = { Int: 4, Short: 2, Char: 1, Byte: 1, Bool: 1 } as const

const kinds: StorageKind[] = [
  ...Object.entries(floats).map(([name, type]) => ({ type, name, bytesPerValue: bytesPerFloat[type] })),
  { type: 'int64', name: 'Long', bytesPerValue: 8 },
  ...Object.entries(others).map(([name, bytesPerValue]) => ({ type: 'other' as const, name, bytesPerValue })),
]
const storageKinds: Record<string, StorageKind> = Object.fromEntries(kinds.map((kind) => [`torch.${kind.name}Storage`, kind]))

/**
 * What a state dictionary's pickle may name: nothing of it runs code. Storages met on the way are noted by key.
 * @source torch/_utils.py, torch/serialization.py
 */
export function stateGlobals(storages: Map<string, StorageKind>): PickleGlobals {
  const kindOf = new Map<unknown, StorageKind>()
  const storageGlobals: Record<string, () => unknown> = {}
  for (const [name, kind] of Object.entries(storageKinds)) {
    storageGlobals[name] = () => kind
    kindOf.set(storageGlobals[name], kind)
  }
  return {
    'collections.OrderedDict': orderedDictionary,
    'torch._utils._rebuild_tensor_v2': (storage, offset, shape, strides) => {
      const [, kindFunction, key] = storage instanceof PersistentId && Array.isArray(storage.parts) ? storage.parts : []
      const kind = kindOf.get(kindFunction)
      if (!kind || typeof key !== 'string') throw new ModelFileError('The checkpoint describes a tensor without a storage. It is damaged; fetch it again.')
      storages.set(key, kind)
      return checkedView(key, kind, offset, shape, strides)
    },
    'torch._utils._rebuild_parameter': (tensor) => tensor,
    'torch.Size': (sizes) => sizes,
    ...storageGlobals,
  }
}

function orderedDictionary(pairs: unknown): Map<unknown, unknown> {
  return new Map(Array.isArray(pairs) ? pairs.filter((pair) => Array.isArray(pair)).map((pair) => [pair[0], pair[1]] as const) : [])
}

function checkedView(key: string, kind: StorageKind, offset: unknown, shape: unknown, strides: unknown): StridedView {
  checkedCount(shape, `A tensor in storage "${key.slice(0, 100)}"`)
  const numbers = [offset, ...(Array.isArray(strides) ? strides : [NaN])]
  if (numbers.length === (shape as number[]).length + 1 && numbers.every((n) => Number.isSafeInteger(n) && (n as number) >= 0)) {
    return new StridedView(key, kind, offset as number, shape as number[], strides as number[])
  }
  throw new ModelFileError(`The checkpoint describes a tensor in storage "${key.slice(0, 100)}" with an improper offset or improper strides. It is damaged; fetch it again.`)
}

/** Dictionaries in which training scripts put the state dictionary. */
const usualNests = ['state_dict', 'model_state_dict', 'model', 'net', 'module']

/**
 * Find the state dictionary: the value itself, or what it holds under a usual name.
 *
 * @throws ModelFileError when there are no tensors, or dictionaries are nested too deep
 */
export function findState(value: unknown): Map<string, StridedView> {
  let state = value
  for (let depth = 0; state instanceof Map && depth < limits.depth; depth++) {
    const map: Map<unknown, unknown> = state
    const nest = usualNests.find((name) => map.get(name) instanceof Map)
    if (nest === undefined) return tensorsOf(map)
    state = map.get(nest)
  }
  if (state instanceof Map) throw new ModelFileError(`The checkpoint nests its dictionaries more than ${limits.depth} deep. It is damaged or made to mislead; do not trust it.`)
  if (state instanceof StridedView) return new Map([['tensor', state]])
  throw new ModelFileError('The checkpoint holds no dictionary of tensors. Save it with torch.save(model.state_dict(), file).')
}

function tensorsOf(map: Map<unknown, unknown>): Map<string, StridedView> {
  const tensors = new Map<string, StridedView>()
  for (const [name, value] of map) {
    if (typeof name === 'string' && value instanceof StridedView) tensors.set(name, value)
  }
  if (tensors.size > 0 || map.size === 0) return tensors
  const names = [...map.keys()].filter((name) => typeof name === 'string').slice(0, 8).join(', ')
  throw new ModelFileError(`The checkpoint's dictionary holds no tensors, only: ${names}. Save the state dictionary alone: torch.save(model.state_dict(), file).`)
}

/** Gives a tensor's floating-point values in logical row-major order: a view of the bytes where it can, else a copy. */
export type Gather = (name: string, view: StridedView & { kind: { type: FloatType } }) => Float32Array

/**
 * @param storageOf  a storage's bytes by its key
 * @param fileBytes  size of the file; copies together may not take far more
 */
export function createGather(storageOf: (key: string) => Uint8Array | undefined, fileBytes: number): Gather {
  let left = unpackedLimit(fileBytes)
  return (name, view) => {
    const { kind, offset, shape } = view
    const bytes = checkInside(name, view, storageOf(view.storageKey))
    const count = checkedCount(shape, `The checkpoint's tensor "${name}"`)
    if (kind.type === 'float32' && isContiguous(view)) return floatsAt(bytes, 4 * offset, count, 'float32')
    left -= 4 * count
    if (left < 0) throw new ModelFileError(`The checkpoint's tensors, up to "${name}", show the same values so often that they would take far more memory than the file. Save them with .contiguous().clone().`)
    if (isContiguous(view)) return floatsAt(bytes, kind.bytesPerValue * offset, count, kind.type)
    const used = count === 0 ? 0 : lastIndex(view) + 1 - offset
    return copyStrided(floatsAt(bytes, kind.bytesPerValue * offset, used, kind.type), { shape, strides: view.strides }, new Float32Array(count))
  }
}

/** @returns the storage, when the tensor lies inside it */
export function checkInside(name: string, view: StridedView, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes && (lastIndex(view) + 1) * view.kind.bytesPerValue <= bytes.length) return bytes
  throw new ModelFileError(`The checkpoint's tensor "${name}" reaches beyond its storage. It is damaged; fetch it again.`)
}

function lastIndex({ offset, shape, strides }: StridedView): number {
  if (shape.includes(0)) return offset - 1
  return shape.reduce((at, size, axis) => at + (size - 1) * strides[axis]!, offset)
}

function isContiguous({ shape, strides }: StridedView): boolean {
  let expected = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false
    expected *= shape[axis]!
  }
  return true
}

/** Copy values of a strided array in logical row-major order. */
export function copyStrided<T extends Float32Array | BigInt64Array>(source: T, { shape, strides }: { shape: number[]; strides: number[] }, target: T): T {
  const index = shape.map(() => 0)
  let from = 0
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

/** @returns arrays of the floating-point tensors, and the names of the others */
export function gatherFloats(state: Map<string, StridedView>, gather: Gather): { arrays: Map<string, { shape: number[]; data: Float32Array }>; skipped: { name: string; type: string }[] } {
  const arrays = new Map<string, { shape: number[]; data: Float32Array }>()
  const skipped: { name: string; type: string }[] = []
  for (const [name, view] of state) {
    if (isFloat(view)) arrays.set(name, { shape: view.shape, data: gather(name, view) })
    else skipped.push({ name, type: view.kind.name })
  }
  return { arrays, skipped }
}

function isFloat(view: StridedView): view is StridedView & { kind: { type: FloatType } } {
  return view.kind.type in bytesPerFloat
}
