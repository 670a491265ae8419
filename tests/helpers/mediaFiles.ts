import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ascii, concat, view } from '../../src-main/media/bytes.ts'
import { writeRiff } from '../../src-main/media/riff.ts'

/** Bytes of a small file that another program wrote: see tests/fixtures/media/README.md. */
export function mediaFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.resolve(import.meta.dirname, '../fixtures/media', name)))
}

export interface WavFields {
  code?: number
  channels?: number
  sampleRateHz?: number
  bits?: number
  /** Bytes of samples, already coded. */
  data: Uint8Array
}

/** Assemble a WAV file field by field, right or wrong. */
export function wavFile({ code = 1, channels = 1, sampleRateHz = 20_000, bits = 16, data }: WavFields): Uint8Array {
  const format = new Uint8Array(16)
  const fields = view(format)
  fields.setUint16(0, code, true)
  fields.setUint16(2, channels, true)
  fields.setUint32(4, sampleRateHz, true)
  fields.setUint32(8, (sampleRateHz * channels * bits) / 8, true)
  fields.setUint16(12, channels * Math.ceil(bits / 8), true)
  fields.setUint16(14, bits, true)
  return writeRiff('WAVE', [['fmt ', format], ['data', data]])
}

export const bytesOf = (values: Int16Array | Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** An array file whose header is given word for word. */
export function npyFile(header: string, body: Uint8Array): Uint8Array {
  const text = ascii(header)
  return concat([Uint8Array.of(0x93), ascii('NUMPY'), Uint8Array.of(1, 0, text.length & 0xff, text.length >> 8), text, body])
}
