import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { openWeightFile } from '../../../src-main/weights/openWeightFile.ts'
import { writeSafetensors } from '../../../src-main/weights/safetensors.ts'
import { readZipMember } from '../../../src-main/weights/zipMember.ts'
import { PickleWriter } from '../../helpers/legacyCheckpoint.ts'
import { memorySource } from '../../helpers/weightFixtures.ts'
import { zipOf, type ZipMember } from '../../helpers/zipOf.ts'

const open = (bytes: Uint8Array) => openWeightFile(memorySource('file', { file: bytes }))
const checkpoint = (pickle: PickleWriter, ...more: ZipMember[]) => zipOf([{ name: 'a/data.pkl', bytes: pickle.stop().bytes() }, ...more])

/** A dictionary of one tensor "w" in storage 0 of `count` values. */
function tensor(shape: number[], strides: number[], count: number): PickleWriter {
  const pickle = new PickleWriter().emptyDict().text('w').global('torch._utils', '_rebuild_tensor_v2').mark()
  pickle.mark().text('storage').global('torch', 'FloatStorage').text('0').text('cpu').integer(count).tuple().persistentId().integer(0)
  for (const numbers of [shape, strides]) {
    pickle.mark()
    for (const n of numbers) pickle.integer(n)
    pickle.tuple()
  }
  return pickle.tuple().reduce().setItem()
}
const storage: ZipMember = { name: 'a/data/0', bytes: new Uint8Array(16) }

describe('openWeightFile refuses, without using the memory that is claimed,', () => {
  it.each<[string, () => Uint8Array, string]>([
    ['a member that is there twice', () => checkpoint(tensor([4], [1], 4), storage, storage), 'The archive names member "a/data/0" twice, so it cannot be told which one counts. Do not trust this file.'],
    ['a bomb', () => zipOf([{ name: 'x.npy', bytes: deflateRawSync(new Uint8Array(1000)), method: 8, length: 4e9 }]), 'The archive\'s 119 bytes would unpack to 4000000000, more than a network\'s would. Do not trust this file.'],
    ['a member that unpacks to more than it says', () => zipOf([{ name: 'x.npy', bytes: deflateRawSync(new Uint8Array(1e7)), method: 8, length: 100 }]), 'The archive\'s member "x.npy" is damaged, or unpacks to more than the 100 bytes it announces. Fetch the file again.'],
    ['one value shown 2^40 times', () => checkpoint(tensor([2 ** 20, 2 ** 20], [0, 0], 4), storage), 'The checkpoint\'s tensors, up to "w", show the same values so often that they would take far more memory than the file. Save them with .contiguous().clone().'],
    ['2^60 elements', () => checkpoint(tensor([2 ** 30, 2 ** 30], [0, 0], 4), storage), 'A tensor in storage "0" has the shape [1073741824, 1073741824], more values than any file holds. The file is damaged; do not trust it.'],
    ['a tensor beyond its storage', () => checkpoint(tensor([5], [1], 5), storage), 'The checkpoint\'s tensor "w" reaches beyond its storage. It is damaged; fetch it again.'],
    ['a function', () => checkpoint(new PickleWriter().global('os', 'system').text('true').tuple1().reduce()), 'The checkpoint file asks for "os.system", which is not allowed: a table of tensors needs only these: collections.OrderedDict, torch._utils._rebuild_tensor_v2, torch._utils._rebuild_parameter, torch.Size, torch.FloatStorage, torch.HalfStorage, torch.BFloat16Storage, torch.DoubleStorage, torch.LongStorage, torch.IntStorage, torch.ShortStorage, torch.CharStorage, torch.ByteStorage, torch.BoolStorage. Do not trust this file.'],
    ['a dictionary in itself', () => checkpoint(new PickleWriter().emptyDict().remember(0).text('model').recall(0).setItem()), 'The checkpoint nests its dictionaries more than 32 deep. It is damaged or made to mislead; do not trust it.'],
  ])('%s', async (_, bytes, message) => {
    const before = process.memoryUsage.rss()
    await expect(open(bytes())).rejects.toThrow(new ModelFileError(message))
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6)
  })
})

it('names arrays with values that are not finite', async () => {
  const { warnings } = await open(writeSafetensors(new Map([['w', { shape: [3], data: Float32Array.of(1, NaN, -Infinity) }]]), { format: 'tf' }))
  expect(warnings).toEqual(['The array "w" holds 2 values that are not finite (NaN or infinite).'])
})

it('refuses a member that does not have the checksum stated for it', () => {
  expect(() => readZipMember(zipOf([{ name: 'x', bytes: Uint8Array.of(1, 2), checksum: 7 }]), 'x')).toThrow(
    'The archive\'s member "x" does not have the checksum that the archive states: it is damaged. Fetch it again.',
  )
})

it('reads a stored member of the archives made here', () => {
  expect([...readZipMember(zipOf([{ name: 'x', bytes: Uint8Array.of(1, 2) }]), 'x')]).toEqual([1, 2])
})
