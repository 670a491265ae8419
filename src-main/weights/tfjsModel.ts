import { z } from 'zod'
import { ModelFileError } from '../domain/errors.ts'
import type { GraphConstant } from '../domain/graph.ts'
import type { NamedArray } from '../domain/weights.ts'
import { checkedCount } from './arrayShape.ts'
import { copyBytes } from './copyBytes.ts'
import { limits, unpackedLimit } from './limits.ts'
import { floatsAt } from './numberTypes.ts'
import { skippedWarnings, type ParsedWeights } from './parsedWeights.ts'
import { checkPlainName, type WeightSource } from './weightSource.ts'

const quantizationSchema = z.object({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() })
const weightSchema = z.object({ name: z.string().max(limits.nameLength), shape: z.array(z.unknown()), dtype: z.string(), quantization: quantizationSchema.optional() })
const groupSchema = z.object({ paths: z.array(z.string()).max(10_000), weights: z.array(weightSchema).max(limits.entries) })
const manifestSchema = z.object({ modelTopology: z.unknown().optional(), weightsManifest: z.array(groupSchema).max(1000) })
type Weight = z.infer<typeof weightSchema>

const bytesPerValue: Readonly<Record<string, number>> = { float32: 4, float16: 2, int32: 4, uint16: 2, uint8: 1, bool: 1, complex64: 8 }

/** @returns does this JSON describe a model of TensorFlow.js? */
export function isTfjsModel(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'weightsManifest' in json
}

/**
 * Read the weights of a TensorFlow.js model: model.json, and binary files beside it. Quantised weights are widened.
 *
 * @throws ModelFileError when the description or a binary file is damaged, missing or elsewhere
 * @source tensorflow/tfjs, tfjs-core/src/io/types.ts (WeightsManifestConfig)
 */
export async function readTfjsModel(json: unknown, source: WeightSource): Promise<ParsedWeights> {
  const parsed = manifestSchema.safeParse(json)
  if (!parsed.success) throw new ModelFileError('The model.json of TensorFlow.js has no proper weightsManifest: paths and weights with name, shape and dtype are expected. Convert the model again.')
  const arrays: ParsedWeights['arrays'] = new Map()
  const wholeNumbers = new Map<string, GraphConstant>()
  const skipped: { name: string; type: string }[] = []
  const files = parsed.data.weightsManifest.flatMap(({ paths }) => paths.map(checkPlainName))
  if (new Set(files).size < files.length) throw new ModelFileError('The model.json of TensorFlow.js names a weight file twice. Do not trust this file.')
  for (const { paths, weights } of parsed.data.weightsManifest) {
    const bytes = await readGroup(paths, source)
    let position = 0
    let total = 0
    for (const weight of weights) {
      const { end, array, wholes, count } = readWeight(bytes, position, weight)
      total += array || wholes ? 4 * count : 0
      if (total > unpackedLimit(bytes.length)) throw new ModelFileError(`The weights up to "${weight.name}" would take far more memory than their files. Do not trust this file.`)
      if (arrays.has(weight.name) || wholeNumbers.has(weight.name)) throw new ModelFileError(`The model.json of TensorFlow.js names weight "${weight.name}" twice. Do not trust this file.`)
      if (array) arrays.set(weight.name, array)
      else if (wholes) wholeNumbers.set(weight.name, wholes)
      else skipped.push({ name: weight.name, type: weight.dtype })
      position = end
    }
    if (position !== bytes.length) throw new ModelFileError(`The weight files ${paths.join(', ')} hold ${bytes.length} bytes where model.json describes ${position}. They belong to another model; fetch them again.`)
  }
  const config = parsed.data.modelTopology === undefined ? {} : { config: parsed.data.modelTopology }
  return { arrays, wholeNumbers, layout: 'tensorflow', ...config, warnings: skippedWarnings(skipped) }
}

async function readGroup(paths: string[], source: WeightSource): Promise<Uint8Array> {
  const files: Uint8Array[] = []
  for (const name of paths) files.push(await source.read(name))
  return files.length === 1 ? files[0]! : Buffer.concat(files)
}

function readWeight(bytes: Uint8Array, start: number, { name, shape, dtype, quantization }: Weight): { end: number; count: number; array?: NamedArray; wholes?: GraphConstant } {
  const count = checkedCount(shape, `The weight "${name}"`)
  const stored = quantization?.dtype ?? dtype
  const end = stored === 'string' ? endOfTexts(bytes, start, count, name) : start + count * bytesOf(stored, name)
  if (!(end <= bytes.length)) throw cutShort(name, end, bytes.length)
  if ((dtype === 'int32' && ['int32', 'uint8', 'uint16'].includes(stored)) || (dtype === 'bool' && stored === 'bool')) {
    return { end, count, wholes: { shape: shape as number[], ...wholesOf(bytes, start, count, stored, quantization) } }
  }
  if (dtype !== 'float32') return { end, count }
  return { end, count, array: { shape: shape as number[], data: valuesOf(bytes, start, count, stored, quantization) } }
}

function bytesOf(type: string, name: string): number {
  if (Object.hasOwn(bytesPerValue, type)) return bytesPerValue[type]!
  throw new ModelFileError(`The weight "${name}" is stored as ${type.slice(0, 50)}, which cannot be read. Convert the model again without quantisation.`)
}

/** Each text has its length before it, in four bytes. */
function endOfTexts(bytes: Uint8Array, start: number, count: number, name: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = start
  for (let i = 0; i < count; i++) {
    if (position + 4 > bytes.length) throw cutShort(name, position + 4, bytes.length)
    position += 4 + view.getUint32(position, true)
  }
  return position
}

function valuesOf(bytes: Uint8Array, start: number, count: number, stored: string, quantization: Weight['quantization']): Float32Array {
  if (stored === 'float32' || stored === 'float16') return floatsAt(bytes, start, count, stored)
  const { scale = 1, min = 0 } = quantization ?? {}
  const wide = stored === 'uint16'
  return Float32Array.from({ length: count }, (_, i) => scale * (wide ? bytes[start + 2 * i]! + 256 * bytes[start + 2 * i + 1]! : bytes[start + i]!) + min)
}

/** What a graph's axes, shapes and borders are made of. */
function wholesOf(bytes: Uint8Array, start: number, count: number, stored: string, quantization: Weight['quantization']): Pick<GraphConstant, 'type' | 'data'> {
  if (stored === 'bool') return { type: 'bool', data: new Uint8Array(copyBytes(bytes, start, start + count)) }
  if (stored === 'int32') return { type: 'int32', data: new Int32Array(copyBytes(bytes, start, start + 4 * count)) }
  return { type: 'int32', data: Int32Array.from(valuesOf(bytes, start, count, stored, quantization), Math.round) }
}

function cutShort(name: string, end: number, length: number): ModelFileError {
  return new ModelFileError(`The weight files are cut short: weight "${name}" reaches to byte ${end} of ${length}. Fetch them again.`)
}
