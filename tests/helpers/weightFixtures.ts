import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ModelFileError } from '../../src-main/domain/errors.ts'
import type { WeightSource } from '../../src-main/weights/weightSource.ts'

export const weightFolder = path.resolve(import.meta.dirname, '../fixtures/weights')

/** Every small weight file, its kind, and the files beside it. A new format is one line. */
export const weightFixtures = [
  { file: 'torch-zip.pt', format: 'pytorch-zip', layout: 'pytorch' },
  { file: 'torch-nested.pth', format: 'pytorch-zip', layout: 'pytorch' },
  { file: 'torch-legacy.pth', format: 'pytorch-legacy', layout: 'pytorch' },
  { file: 'keras-whole.h5', format: 'hdf5', layout: 'tensorflow' },
  { file: 'keras2.h5', format: 'hdf5', layout: 'tensorflow' },
  { file: 'keras3.weights.h5', format: 'hdf5', layout: 'tensorflow' },
  { file: 'packed.h5', format: 'hdf5', layout: 'tensorflow' },
  { file: 'keras3.keras', format: 'keras', layout: 'tensorflow' },
  { file: 'numpy.npz', format: 'npz', layout: 'tensorflow' },
  { file: 'numpy-packed.npz', format: 'npz', layout: 'tensorflow' },
  { file: 'small.safetensors', format: 'safetensors', layout: 'pytorch' },
  { file: 'tfjs-layers/model.json', format: 'tfjs', layout: 'tensorflow', beside: ['group1-shard1of2.bin', 'group1-shard2of2.bin'] },
  { file: 'tfjs-graph/model.json', format: 'tfjs', layout: 'tensorflow', beside: ['weights.bin'] },
  { file: 'tensorflow/small.index', format: 'tensorflow-checkpoint', layout: 'tensorflow', beside: ['small.data-00000-of-00001'] },
].map((fixture) => ({ beside: [] as string[], ...fixture, expected: `${fixture.file.replace(/\.index$/, '')}.expected.json` }))

export interface FuzzFixture {
  file: string
  beside: string[]
}

/** What is damaged on purpose: every weight file, and whole networks. */
export const fuzzFixtures: readonly FuzzFixture[] = [
  ...weightFixtures,
  ...['golden/graphs/convolutional-dynamo-20.onnx', 'golden/graphs/transformer-legacy-14.onnx', 'keras/mixed.keras', 'keras/nested.h5'].map((file) => ({ file: `../${file}`, beside: [] })),
  ...['convolutional/model.json', 'convolutional/fused.json', 'shapes/model.json', 'various/model.json'].map((file) => ({ file: `../tensorflow/${file}`, beside: ['weights.bin'] })),
]

/** A source whose files are given. */
export function memorySource(fileName: string, files: Readonly<Record<string, Uint8Array>>): WeightSource {
  return {
    fileName,
    read: async (name) => {
      const bytes = Object.hasOwn(files, name) ? files[name] : undefined
      if (!bytes) throw new ModelFileError(`There is no file "${name}".`)
      return bytes
    },
  }
}

/** A fixture's main file and those beside it, by name. */
export function fixtureFiles({ file, beside }: { file: string; beside: string[] }): { fileName: string; files: Record<string, Uint8Array> } {
  const folder = path.join(weightFolder, path.dirname(file))
  const fileName = path.basename(file)
  const files = Object.fromEntries([fileName, ...beside].map((name) => [name, Uint8Array.from(readFileSync(path.join(folder, name)))]))
  return { fileName, files }
}
