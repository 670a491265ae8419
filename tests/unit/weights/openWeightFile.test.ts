import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openWeightFile } from '../../../src-main/weights/openWeightFile.ts'
import { folderSource } from '../../../src-main/weights/weightSource.ts'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { memorySource, weightFixtures, weightFolder } from '../../helpers/weightFixtures.ts'

type Expected = Record<string, { shape: number[]; values: number[] }>

describe('openWeightFile', () => {
  it.each(weightFixtures)('reads $file as $format, with the values that its framework gives', async ({ file, expected, format, layout }) => {
    const golden = JSON.parse(readFileSync(path.join(weightFolder, expected), 'utf8')) as Expected
    const opened = await openWeightFile(folderSource(path.join(weightFolder, file)))
    expect([opened.format, opened.layout]).toEqual([format, layout])
    expect([...opened.arrays.keys()].sort()).toEqual(Object.keys(golden).sort())
    for (const [name, { shape, data }] of opened.arrays) {
      expect(shape, name).toEqual(golden[name]!.shape)
      // Quantised values are rounded once more by the framework.
      golden[name]!.values.forEach((value, i) => expect(Math.abs(data[i]! - value), name).toBeLessThan(1.2e-7))
    }
  })

  it('gives the architecture where the file has one', async () => {
    for (const file of ['keras-whole.h5', 'keras3.keras']) {
      const { config } = await openWeightFile(folderSource(path.join(weightFolder, file)))
      expect(config).toMatchObject({ class_name: 'Sequential', config: { name: 'small' } })
    }
  })

  it('names what it left out', async () => {
    const { warnings } = await openWeightFile(folderSource(path.join(weightFolder, 'torch-zip.pt')))
    expect(warnings).toEqual(['Left out, for they hold no floating-point numbers: "norm.num_batches_tracked" (Long).'])
  })

  it('hashes each file while it reads it', async () => {
    const source = folderSource(path.join(weightFolder, 'tfjs-layers/model.json'))
    await openWeightFile(source)
    expect([...source.hashes.keys()]).toEqual(['model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin'])
  })
})

describe('openWeightFile refuses', () => {
  const text = (value: string) => new TextEncoder().encode(value)
  const tfjs = (manifest: unknown) => text(JSON.stringify({ weightsManifest: manifest }))
  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), '"file" is empty (0 bytes). Fetch it again.'],
    ['another file', text('hello, reader'), '"file" is no weight file that can be read. Known are safetensors, PyTorch (.pt, .pth), Keras (.h5, .keras), TensorFlow.js (model.json), NumPy (.npz), TensorFlow checkpoints (.index) and ONNX. Convert it to one of these.'],
    ['a shard elsewhere', tfjs([{ paths: ['../secret'], weights: [] }]), 'The weight file names the file "../secret", which is no plain name of a file beside it. Do not trust this file.'],
    ['2^60 elements', tfjs([{ paths: [], weights: [{ name: 'w', shape: [2 ** 30, 2 ** 30], dtype: 'float32' }] }]), 'The weight "w" has the shape [1073741824, 1073741824], more values than any file holds. The file is damaged; do not trust it.'],
    ['deep nesting', text(`{"a":${'['.repeat(300)}`), '"file" is nested more than 200 deep. It is damaged or made to mislead; do not trust it.'],
  ])('%s', async (_, bytes, message) => {
    await expect(openWeightFile(memorySource('file', { file: bytes }))).rejects.toThrow(new ModelFileError(message))
  })

  it('an HDF5 file with a large group in the newer form', async () => {
    await expect(openWeightFile(folderSource(path.join(weightFolder, 'newer.h5')))).rejects.toThrow(/keeps the names of a large group in the newer form/)
  })
})
