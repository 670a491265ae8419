/** How numbers and arrays lie in SQLite. */

/** SQLite turns NaN into NULL, which means "absent" here. NaN is a result (constant activations), so it is kept as text. */
export function toSql(value: number): number | string
export function toSql(value: number | null): number | string | null
export function toSql(value: number | null): number | string | null {
  return Number.isNaN(value) ? 'NaN' : value
}

export function fromSql(value: unknown): number {
  return value === 'NaN' ? Number.NaN : (value as number)
}

export function fromSqlOrNull(value: unknown): number | null {
  return value === null ? null : fromSql(value)
}

type Numbers = Float32Array | Float64Array | Uint8Array | Int16Array | Uint32Array

/** The bytes of an array without a copy; little-endian, as on every machine this program runs on. */
export function toBytes(values: Numbers): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** A fresh array over a copy: SQLite's buffers need not be aligned. */
export function toFloat32(bytes: Uint8Array): Float32Array {
  return new Float32Array(copyOf(bytes))
}

export function toFloat64(bytes: Uint8Array): Float64Array {
  return new Float64Array(copyOf(bytes))
}

export function toUint32(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(copyOf(bytes))
}

export function toInt16(bytes: Uint8Array): Int16Array {
  return new Int16Array(copyOf(bytes))
}

export function toUint8(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(copyOf(bytes))
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer
}
