import { UsageError } from '../domain/errors.ts'

/**
 * Values as bytes, for transports that carry only bytes. Unlike JSON it keeps NaN, the infinities, -0, undefined and
 * typed arrays bit by bit.
 *
 * One frame: uint32 length of the header, the header in JSON, then from the next multiple of 8 on the arrays' bytes,
 * each starting at a multiple of 8. In the header {"$": kind} stands for what JSON lacks. Little-endian.
 */

const arrayTypes = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
} as const
type ArrayKind = keyof typeof arrayTypes
type AnyArray = InstanceType<(typeof arrayTypes)[ArrayKind]>

/** @throws UsageError when the value holds what cannot cross: a function, a class instance, a circle */
export function encodeFrame(value: unknown): Uint8Array<ArrayBuffer> {
  const attachments: AnyArray[] = []
  const header = new TextEncoder().encode(JSON.stringify(toJson(value, attachments, [])))
  const bodyStart = align(4 + header.length)
  const size = attachments.reduce((at, array) => align(at) + array.byteLength, bodyStart)
  const frame = new Uint8Array(size)
  new DataView(frame.buffer).setUint32(0, header.length, true)
  frame.set(header, 4)
  let at = bodyStart
  for (const array of attachments) {
    at = align(at)
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += array.byteLength
  }
  return frame
}

/** @throws UsageError when the bytes are no frame */
export function decodeFrame(frame: Uint8Array): unknown {
  try {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const headerLength = view.getUint32(0, true)
    const header = new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(4, 4 + headerLength))
    return fromJson(JSON.parse(header), { frame, at: align(4 + headerLength) })
  } catch (error) {
    throw new UsageError('A message arrived damaged: it is no frame of this program. Reload the window.', { cause: error })
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

function toJson(value: unknown, attachments: AnyArray[], path: readonly object[]): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'number') return numberToJson(value)
  if (typeof value !== 'object') throw cannotCross(`a ${typeof value}`)
  if (path.includes(value)) throw cannotCross('an object that contains itself')
  const inner = [...path, value]
  if (Array.isArray(value)) return value.map((item) => toJson(item, attachments, inner))
  const kind = arrayKind(value)
  if (kind) {
    attachments.push(value as AnyArray)
    return { $: kind, length: (value as AnyArray).length }
  }
  if (!isPlain(value)) throw cannotCross(`an instance of ${value.constructor?.name ?? 'a class'}`)
  const entries = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item, attachments, inner)]))
  return Object.hasOwn(value, '$') ? { $: 'object', value: entries } : entries
}

function numberToJson(value: number): Json {
  if (Number.isNaN(value)) return { $: 'NaN' }
  if (Object.is(value, -0)) return { $: '-0' }
  return Number.isFinite(value) ? value : { $: value > 0 ? '+Infinity' : '-Infinity' }
}

interface Body {
  frame: Uint8Array
  /** Where the next array starts, before alignment. */
  at: number
}

function fromJson(json: Json, body: Body): unknown {
  if (json === null || typeof json !== 'object') return json
  if (Array.isArray(json)) return json.map((item) => fromJson(item, body))
  return Object.hasOwn(json, '$') ? special(json, body) : entriesFromJson(json, body)
}

function entriesFromJson(json: { [key: string]: Json }, body: Body): unknown {
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, fromJson(item, body)]))
}

const constants = new Map<Json | undefined, unknown>([
  ['undefined', undefined],
  ['NaN', NaN],
  ['-0', -0],
  ['+Infinity', Infinity],
  ['-Infinity', -Infinity],
])

function special(json: { [key: string]: Json }, body: Body): unknown {
  const kind = json['$']
  if (constants.has(kind)) return constants.get(kind)
  if (kind === 'object') return entriesFromJson(json['value'] as { [key: string]: Json }, body)
  const Type = arrayTypes[kind as ArrayKind]
  if (!Object.hasOwn(arrayTypes, String(kind)) || typeof json['length'] !== 'number') throw new Error(`unknown kind ${String(kind)}`)
  const start = align(body.at)
  body.at = start + json['length'] * Type.BYTES_PER_ELEMENT
  if (body.at > body.frame.length) throw new Error('an array is cut off')
  // A copy: its start is aligned whatever the frame's is, and it does not keep the frame alive.
  return new Type(body.frame.slice(start, body.at).buffer as ArrayBuffer)
}

function arrayKind(value: object): ArrayKind | null {
  if (!ArrayBuffer.isView(value)) return null
  // A Buffer is a Uint8Array by another name.
  if (value instanceof Uint8Array) return 'Uint8Array'
  const name = value.constructor.name
  return Object.hasOwn(arrayTypes, name) ? (name as ArrayKind) : null
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype as object) === null
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8
}

function cannotCross(what: string): UsageError {
  return new UsageError(`A message cannot carry ${what}. Send plain values, typed arrays and numbers only.`)
}
