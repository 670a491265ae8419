import { ModelFileError } from '../domain/errors.ts'
import { checkedCount } from './arrayShape.ts'
import { createByteReader } from './byteReader.ts'
import { bytesPerFloat, floatsAt, swappedBytes, type FloatType } from './numberTypes.ts'
import { skippedWarnings, type ParsedWeights } from './parsedWeights.ts'
import { copyStrided } from './torchTensors.ts'
import type { ZipArchive } from './zipArchive.ts'

const floatTypes: Readonly<Record<string, FloatType>> = { f2: 'float16', f4: 'float32', f8: 'float64' }

/**
 * Read the floating-point arrays of a NumPy archive (.npz). Pickled objects are left out, never executed.
 *
 * @throws ModelFileError when it or one of its arrays is damaged
 * @source numpy.lib.format, "Format specification"
 */
export function readNpz(zip: ZipArchive): ParsedWeights {
  const arrays: ParsedWeights['arrays'] = new Map()
  const skipped: { name: string; type: string }[] = []
  for (const member of zip.names.filter((name) => name.endsWith('.npy'))) {
    const name = member.slice(0, -'.npy'.length)
    const array = readArray(zip.read(member), `The array "${name}"`)
    if (typeof array === 'string') skipped.push({ name, type: array })
    else arrays.set(name, array)
  }
  return { arrays, layout: 'tensorflow', warnings: skippedWarnings(skipped) }
}

/** @returns the array, or the type of numbers it holds instead */
function readArray(bytes: Uint8Array, what: string): { shape: number[]; data: Float32Array } | string {
  const reader = createByteReader(bytes, what)
  if (Buffer.from(reader.bytes(6)).toString('latin1') !== '\x93NUMPY') throw new ModelFileError(`${what} does not begin as NumPy's arrays do. It is damaged; fetch the file again.`)
  const version = reader.bytes(2)[0]!
  const header = Buffer.from(reader.bytes(reader.littleEndian(version === 1 ? 2 : 4))).toString('latin1')
  const [, order, code = 'an unknown type'] = /'descr':\s*'([<>|=])?(\w+)'/.exec(header.slice(0, 10_000)) ?? []
  const type = Object.hasOwn(floatTypes, code) ? floatTypes[code] : undefined
  if (!type) return code
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header.slice(0, 10_000))?.[1]?.split(',').filter((n) => n.trim() !== '').map(Number)
  const count = checkedCount(shape, what)
  const body = reader.bytes(reader.left())
  const length = count * bytesPerFloat[type]
  if (body.length !== length) throw new ModelFileError(`${what} has ${body.length} bytes where its shape [${shape!.join(', ')}] needs ${length}. It is damaged; fetch the file again.`)
  const data = floatsAt(order === '>' ? swappedBytes(body, bytesPerFloat[type]) : body, 0, count, type)
  return { shape: shape!, data: /'fortran_order':\s*True/.test(header) ? fromFortran(data, shape!) : data }
}

/** The first axis varies fastest in Fortran's order. */
function fromFortran(data: Float32Array, shape: number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1))
  return copyStrided(data, { shape, strides }, new Float32Array(data.length))
}
