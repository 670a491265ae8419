import type { GraphType } from '../../domain/graph.ts'
import { halfToFloat } from '../halfFloat.ts'

/** How a type of ONNX lies in bytes, and what becomes of it here. */
export interface ElementType {
  name: string
  becomes: GraphType
  bytes: number
  read(view: DataView, at: number): number
  /** From a field of whole numbers that holds bits: half precision. */
  fromBits?(bits: number): number
}

/** By TensorProto.DataType. Texts, complex numbers and the quantised kinds below 8 bits are no part of a network here. */
export const elementTypes: Readonly<Record<number, ElementType>> = {
  1: { name: 'float32', becomes: 'float32', bytes: 4, read: (v, at) => v.getFloat32(at, true) },
  2: { name: 'uint8', becomes: 'int32', bytes: 1, read: (v, at) => v.getUint8(at) },
  3: { name: 'int8', becomes: 'int32', bytes: 1, read: (v, at) => v.getInt8(at) },
  4: { name: 'uint16', becomes: 'int32', bytes: 2, read: (v, at) => v.getUint16(at, true) },
  5: { name: 'int16', becomes: 'int32', bytes: 2, read: (v, at) => v.getInt16(at, true) },
  6: { name: 'int32', becomes: 'int32', bytes: 4, read: (v, at) => v.getInt32(at, true) },
  7: { name: 'int64', becomes: 'int32', bytes: 8, read: (v, at) => Number(v.getBigInt64(at, true)) },
  9: { name: 'bool', becomes: 'bool', bytes: 1, read: (v, at) => (v.getUint8(at) ? 1 : 0) },
  10: { name: 'float16', becomes: 'float32', bytes: 2, read: (v, at) => halfToFloat(v.getUint16(at, true)), fromBits: halfToFloat },
  11: { name: 'float64', becomes: 'float32', bytes: 8, read: (v, at) => v.getFloat64(at, true) },
  12: { name: 'uint32', becomes: 'int32', bytes: 4, read: (v, at) => v.getUint32(at, true) },
  13: { name: 'uint64', becomes: 'int32', bytes: 8, read: (v, at) => Number(v.getBigUint64(at, true)) },
  16: { name: 'bfloat16', becomes: 'float32', bytes: 2, read: (v, at) => brainFloat(v.getUint16(at, true)), fromBits: brainFloat },
}

/** The upper half of a number of single precision. */
function brainFloat(bits: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint16(0, bits)
  return view.getFloat32(0)
}
