import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSafetensors, type NamedArrays } from '../../src-main/weights/safetensors.ts'
import { dataPath, readJson } from '../helpers/data.ts'

/** Golden values: the package's checkpoint read by TensorFlow itself; 8 values and the norm of each variable. */
interface GoldenEntry {
  name: string
  shape: number[]
  indices: number[]
  values: number[]
  l2: number
}
const checkpoints = readJson<{ checkpoints: { MTT_vgg: GoldenEntry[] } }>(dataPath('golden/musicnn_checkpoints.json')!).checkpoints
const golden = checkpoints.MTT_vgg.filter(({ name }) => !name.includes('Adam') && !name.startsWith('beta'))

describe('the converted weights of musicnn VGG', () => {
  let weights: NamedArrays
  beforeAll(() => {
    weights = readSafetensors(readFileSync(path.resolve(import.meta.dirname, '../../models/musicnn-vgg/weights.safetensors')))
  })

  it('hold the 36 variables that make the network, in their shapes', () => {
    expect(golden.length).toBe(36)
    expect([...weights].map(([name, { shape }]) => [name, shape])).toEqual(golden.map(({ name, shape }) => [name, shape]))
  })

  it('have the exact values of the checkpoint', () => {
    const different = golden.filter(({ name, indices, values }) => indices.some((index, i) => weights.get(name)!.data[index] !== Math.fround(values[i]!)))
    expect(different.map(({ name }) => name)).toEqual([])
  })

  it('have the norm of every variable of the checkpoint', () => {
    const norm = (data: Float32Array) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0))
    const different = golden.filter(({ name, l2 }) => Math.abs(norm(weights.get(name)!.data) / l2 - 1) > 1e-12)
    expect(different.map(({ name }) => name)).toEqual([])
  })
})
