import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSafetensors, type NamedArray, type NamedArrays } from '../../src-main/weights/safetensors.ts'
import { dataPath, readJson } from '../helpers/data.ts'

/** Golden values: the package's .pth read by PyTorch itself, logical layout ([out, in, h, w]); 8 values and the norm of each tensor. */
interface GoldenEntry {
  name: string
  shape: number[]
  dtype: string
  indices: number[]
  values: number[]
  l2: number
}
const golden = readJson<{ entries: GoldenEntry[] }>(dataPath('golden/efficientnet_lite0_weights.json')!).entries.filter(
  (entry) => entry.dtype === 'float32',
)

describe('the converted weights of EfficientNet-Lite0', () => {
  let weights: NamedArrays
  beforeAll(() => {
    weights = readSafetensors(readFileSync(path.resolve(import.meta.dirname, '../../models/efficientnet-lite0/weights.safetensors')))
  })

  it('hold every float32 tensor of the checkpoint and nothing else', () => {
    expect([...weights.keys()]).toEqual(golden.map((entry) => entry.name))
  })

  it('have the exact values of the checkpoint, in TensorFlow order', () => {
    const different = golden.filter((entry) => {
      const values = entry.indices.map((index) => valueAt(weights.get(entry.name)!, entry, index))
      return values.some((value, i) => value !== entry.values[i])
    })
    expect(different.map((entry) => entry.name)).toEqual([])
  })

  it('have the norm of every tensor of the checkpoint', () => {
    const different = golden.filter((entry) => Math.abs(norm(weights.get(entry.name)!.data) / entry.l2 - 1) > 1e-12)
    expect(different.map((entry) => entry.name)).toEqual([])
  })
})

/** Value of a converted array at a flat index of the PyTorch layout. */
function valueAt({ shape, data }: NamedArray, { name, shape: from }: GoldenEntry, index: number): number {
  const place = from.map((size, axis) => Math.floor(index / product(from.slice(axis + 1))) % size)
  const order = place.length === 2 ? [1, 0] : place.length === 4 ? (name.includes('depthwise') ? [2, 3, 0, 1] : [2, 3, 1, 0]) : [0]
  const flat = order.reduce((at, axis, i) => at * shape[i]! + place[axis]!, 0)
  return data[flat]!
}

function norm(data: Float32Array): number {
  return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0))
}

function product(numbers: number[]): number {
  return numbers.reduce((a, b) => a * b, 1)
}
