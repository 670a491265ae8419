import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { readPytorchLegacy } from '../../../src-main/weights/pytorchLegacy.ts'
import { PickleWriter, legacyCheckpoint } from '../../helpers/legacyCheckpoint.ts'

describe('readPytorchLegacy', () => {
  it('gives a transposed view in its logical order', () => {
    // Stored as [in, out] = [[1, 2, 3], [4, 5, 6]]; strides (1, 3) show it as [out, in].
    const file = legacyCheckpoint([{ name: 'fc.weight', shape: [3, 2], strides: [1, 3], offset: 0, values: [1, 2, 3, 4, 5, 6] }])
    const tensor = readPytorchLegacy(file).get('fc.weight')!
    expect(tensor).toEqual({ dtype: 'float32', shape: [3, 2], data: Float32Array.of(1, 4, 2, 5, 3, 6) })
    expect(readPytorchLegacy(Buffer.from(file)).get('fc.weight')).toEqual(tensor)
  })

  it('starts a view at its offset, and reads a scalar', () => {
    const file = legacyCheckpoint([
      { name: 'b', shape: [2], strides: [1], offset: 1, values: [9, 8, 7] },
      { name: 's', shape: [], strides: [], offset: 0, values: [5] },
    ])
    const tensors = readPytorchLegacy(file)
    expect(tensors.get('b')!.data).toEqual(Float32Array.of(8, 7))
    expect(tensors.get('s')).toEqual({ dtype: 'float32', shape: [], data: Float32Array.of(5) })
  })
})

describe('readPytorchLegacy refuses', () => {
  const good = legacyCheckpoint([{ name: 'b', shape: [2], strides: [1], offset: 0, values: [1, 2] }])

  it.each<[string, () => Uint8Array, RegExp]>([
    ['a zip archive', () => Uint8Array.of(0x50, 0x4b, 3, 4), /zip archive, the format of PyTorch 1\.6 and later/],
    ['an empty file', () => new Uint8Array(0), /no PyTorch checkpoint: it does not begin with a pickle/],
    ['a lone pickle', () => new PickleWriter().integer(5).stop().bytes(), /cut short inside its list of tensors/],
    ['other pickles', () => Uint8Array.from([1, 2].flatMap(() => [...new PickleWriter().integer(5).stop().bytes()])), /magic number or version differs/],
    ['a file cut inside the table', () => good.subarray(0, 60), /cut short inside its list of tensors\. Fetch it again/],
    ['a file cut inside the values', () => good.subarray(0, good.length - 1), /cut short: it ends at byte \d+, inside storage "0"/],
    [
      'a view beyond its storage',
      () => legacyCheckpoint([{ name: 'b', shape: [3], strides: [1], offset: 0, values: [1, 2] }]),
      /tensor "b" reaches beyond its storage/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => readPytorchLegacy(bytes())).toThrow(ModelFileError)
    expect(() => readPytorchLegacy(bytes())).toThrow(message)
  })

  it('a file that asks for a function, and names it', () => {
    const file = legacyCheckpoint([], (pickle) => pickle.global('os', 'system').text('true').tuple1().reduce())
    expect(() => readPytorchLegacy(file)).toThrow(
      /asks for "os\.system", which is not allowed: .*collections\.OrderedDict.* Do not trust this file\./,
    )
  })

  it('a file that asks for an inherited property of its table of functions', () => {
    const file = legacyCheckpoint([], (pickle) => pickle.global('constructor', '').tuple1().reduce())
    expect(() => readPytorchLegacy(file)).toThrow(/is not allowed/)
  })
})
