import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../src-main/domain/errors.ts'
import { createRandom, type Random } from '../../../src-main/engine/support/random.ts'
import { decodeFrame, encodeFrame } from '../../../src-main/rpc/wire.ts'

const roundTrip = (value: unknown): unknown => decodeFrame(encodeFrame(value))

describe('wire', () => {
  it.each([
    ['NaN', NaN],
    ['infinity', Infinity],
    ['minus infinity', -Infinity],
    ['minus zero', -0],
    ['the smallest number', Number.MIN_VALUE],
    ['undefined', undefined],
    ['null', null],
    ['text beyond the basic plane', 'ρ 𝄞 \u0000'],
    ['nested lists', [1, [2, [NaN, undefined]], {}]],
    ['an object with undefined in it', { a: undefined, b: { c: -0 } }],
    ['an object that looks like a mark of ours', { $: 'NaN', value: { $: 'object' } }],
  ])('keeps %s', (_, value) => {
    expect(roundTrip(value)).toStrictEqual(value)
  })

  it.each([Uint8Array, Int8Array, Uint8ClampedArray, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array])(
    'keeps a %o of any length, and its type',
    (Type) => {
      for (const length of [0, 1, 3, 8, 1000]) {
        const array = new Type(Array.from({ length }, (_, i) => i % 100))
        expect(roundTrip({ before: 'x', array, after: [array] })).toStrictEqual({ before: 'x', array, after: [array] })
      }
    },
  )

  it('keeps every bit of floats that are not numbers', () => {
    const array = new Float32Array([NaN, -0, Infinity, -Infinity, 1e-45, 0.1])
    const back = roundTrip(array) as Float32Array
    expect(new Uint8Array(back.buffer)).toEqual(new Uint8Array(array.buffer))
  })

  it('sends a view without the rest of its buffer, and a Buffer as bytes', () => {
    const whole = new Float32Array([1, 2, 3, 4])
    const back = roundTrip(whole.subarray(1, 3)) as Float32Array
    expect([...back]).toEqual([2, 3])
    expect(back.buffer.byteLength).toBe(8)
    expect(roundTrip(Buffer.from('abc'))).toStrictEqual(new Uint8Array([97, 98, 99]))
  })

  it('reads a frame that starts at an odd place of its buffer', () => {
    const frame = encodeFrame(new Float64Array([1.5]))
    const shifted = new Uint8Array(frame.length + 1)
    shifted.set(frame, 1)
    expect(decodeFrame(shifted.subarray(1))).toStrictEqual(new Float64Array([1.5]))
  })

  it('does not let a key named __proto__ change what objects are', () => {
    const value = JSON.parse('{"__proto__": {"polluted": 1}}') as object
    const back = roundTrip(value) as object
    expect(Object.hasOwn(back, '__proto__')).toBe(true)
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
  })

  it('keeps any value made of the parts it knows', () => {
    const random = createRandom(1)
    for (let i = 0; i < 300; i++) {
      const value = anyValue(random, 4)
      expect(roundTrip(value)).toStrictEqual(value)
    }
  })

  it.each([
    ['a function', () => 1],
    ['an instance of Map', new Map()],
    ['an instance of Date', new Date(0)],
    ['a bigint', 1n],
  ])('refuses %s and says so', (what, value) => {
    expect(() => encodeFrame({ value })).toThrow(new UsageError(`A message cannot carry ${what}. Send plain values, typed arrays and numbers only.`))
  })

  it('refuses an object that contains itself', () => {
    const value: { self?: unknown } = {}
    value.self = value
    expect(() => encodeFrame(value)).toThrow(/an object that contains itself/)
  })

  it('refuses bytes that are no frame, at whatever place they are cut', () => {
    const frame = encodeFrame({ a: new Float32Array(4), b: 'text' })
    for (let length = 0; length < frame.length; length++) expect(() => decodeFrame(frame.subarray(0, length))).toThrow(UsageError)
    expect(() => decodeFrame(new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n'))).toThrow(/arrived damaged/)
  })
})

function anyValue(random: Random, depth: number): unknown {
  const kinds = [NaN, -0, Infinity, 1 / 3, '', 'ü', true, null, undefined, new Uint8Array([1, 2, 3]), new Float64Array([NaN, 2])]
  const pick = Math.floor(random.uniform() * (kinds.length + (depth > 0 ? 6 : 0)))
  if (pick < kinds.length) return kinds[pick]
  const items = Array.from({ length: Math.floor(random.uniform() * 4) }, () => anyValue(random, depth - 1))
  return pick % 2 === 0 ? items : Object.fromEntries(items.map((item, i) => [i === 2 ? '$' : `key${i}`, item]))
}
