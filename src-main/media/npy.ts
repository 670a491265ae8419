import { MediaError } from '../domain/errors.ts'
import { ascii, concat, view } from './bytes.ts'
import { expectFormat } from './sniff.ts'

/** An array in C order. */
export interface NpyArray {
  shape: number[]
  data: Float32Array
}

/**
 * Read an array that numpy wrote (format versions 1 to 3): little-endian float32 or float64, C order.
 *
 * @returns float32 values; float64 is rounded to the nearest float32
 * @throws MediaError when it is of another type or order, cut short, or holds a value that is not finite
 * @source numpy.lib.format, "Format specification"
 */
export function decodeNpy(bytes: Uint8Array, fileName: string): NpyArray {
  expectFormat(bytes, fileName, 'array')
  const { header, dataAt } = splitHeader(bytes, fileName)
  const { descr, shape } = readHeader(header, fileName)
  const body = bytes.subarray(dataAt)
  const size = shape.reduce((product, n) => product * n, 1)
  const itemBytes = descr === '<f4' ? 4 : 8
  if (body.length !== size * itemBytes) {
    throw new MediaError(
      `"${fileName}" is damaged: an array of shape [${shape.join(', ')}] takes ${size * itemBytes} bytes, the file holds ${body.length}. Save it again with numpy.save.`,
    )
  }
  const values = view(body)
  const data = Float32Array.from({ length: size }, (_, i) =>
    itemBytes === 4 ? values.getFloat32(4 * i, true) : values.getFloat64(8 * i, true),
  )
  checkFinite(data, fileName)
  return { shape, data }
}

/** Write an array as numpy would (format version 1): little-endian float32, C order, data aligned to 64 bytes. */
export function encodeNpy(shape: readonly number[], data: Float32Array): Uint8Array {
  const size = shape.reduce((product, n) => product * n, 1)
  if (size !== data.length) throw new RangeError(`${data.length} values do not fill the shape [${shape.join(', ')}]`)
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10
  const header = new TextEncoder().encode(`${dictionary.padEnd(length - 1)}\n`)
  const start = Uint8Array.of(0x93, ...ascii('NUMPY'), 1, 0, length & 0xff, length >> 8)
  const body = new Uint8Array(data.length * 4)
  const values = view(body)
  data.forEach((value, i) => values.setFloat32(4 * i, value, true))
  return concat([start, header, body])
}

function splitHeader(bytes: Uint8Array, fileName: string): { header: string; dataAt: number } {
  const major = bytes[6]
  const lengthBytes = major === 1 ? 2 : 4
  const headerAt = 8 + lengthBytes
  const length = bytes.length < headerAt ? Infinity : lengthBytes === 2 ? view(bytes).getUint16(8, true) : view(bytes).getUint32(8, true)
  if (headerAt + length > bytes.length) {
    throw new MediaError(`"${fileName}" is cut short: it ends inside its header. Copy it again, or save it again with numpy.save.`)
  }
  return { header: new TextDecoder().decode(bytes.subarray(headerAt, headerAt + length)), dataAt: headerAt + length }
}

function readHeader(header: string, fileName: string): { descr: '<f4' | '<f8'; shape: number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1]
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1]
  if (shape === undefined || (descr !== '<f4' && descr !== '<f8')) {
    const type = descr === undefined ? 'records or an unreadable header' : `numbers of type "${descr}"`
    throw new MediaError(
      `"${fileName}" holds ${type}; expected little-endian float32 ("<f4") or float64 ("<f8"). Save it with numpy.save(file, array.astype("<f4")).`,
    )
  }
  if (/'fortran_order':\s*True/.test(header)) {
    throw new MediaError(
      `"${fileName}" is stored in Fortran order (columns first); C order is expected. Save it with numpy.save(file, numpy.ascontiguousarray(array)).`,
    )
  }
  return { descr, shape: shape.split(',').filter((n) => n.trim() !== '').map(Number) }
}

function checkFinite(data: Float32Array, fileName: string): void {
  const at = data.findIndex((x) => !Number.isFinite(x))
  if (at < 0) return
  throw new MediaError(`"${fileName}" holds a value that is not a finite float32 number: ${data[at]} at flat index ${at}. Every value must be finite; correct the array and save it again.`)
}
