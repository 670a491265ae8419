import { ModelFileError } from '../domain/errors.ts'
import { limits } from './limits.ts'
import { skippedWarnings, type ParsedWeights } from './parsedWeights.ts'
import { readPickle } from './pickle.ts'
import { createGather, findState, gatherFloats, stateGlobals } from './torchTensors.ts'
import type { ZipArchive } from './zipArchive.ts'

/**
 * Read the state dictionary of a PyTorch file of version 1.6 and later: a zip archive of one pickle and a member for each
 * storage. Nothing in the file is executed.
 *
 * @param zip        the archive
 * @param fileBytes  its size
 * @throws ModelFileError when it is damaged, was compiled (TorchScript), or asks for anything but tensors
 * @source torch/serialization.py
 */
export function readPytorchZip(zip: ZipArchive, fileBytes: number): ParsedWeights {
  const pickleName = zip.names.find((name) => name === 'data.pkl' || name.endsWith('/data.pkl'))
  if (pickleName === undefined) throw new ModelFileError('The archive has no member "data.pkl", so it is no PyTorch checkpoint. Choose another file.')
  const folder = pickleName.slice(0, -'data.pkl'.length)
  if (zip.names.includes(`${folder}constants.pkl`)) {
    throw new ModelFileError('This is a compiled PyTorch program (TorchScript), which holds code. Save its weights alone: torch.save(model.state_dict(), file).')
  }
  checkByteOrder(zip, `${folder}byteorder`)
  const pickle = zip.read(pickleName)
  if (pickle.length > limits.descriptionBytes) throw new ModelFileError(`The checkpoint's list of tensors has ${pickle.length} bytes, far more than a network needs. Do not trust this file.`)
  const state = findState(readPickle(pickle, 0, stateGlobals(new Map())).value)
  const storageOf = rememberLast((key: string) => zip.read(`${folder}data/${key}`))
  const { arrays, skipped } = gatherFloats(state, createGather(storageOf, fileBytes))
  return { arrays, layout: 'pytorch', warnings: skippedWarnings(skipped) }
}

function checkByteOrder(zip: ZipArchive, name: string): void {
  if (!zip.names.includes(name)) return
  if (new TextDecoder().decode(zip.read(name)).trim() === 'little') return
  throw new ModelFileError('This checkpoint was written on a big-endian machine, which cannot be read. Save it again on a little-endian one.')
}

/** Tensors of one storage follow each other: unpack it once. */
function rememberLast(read: (key: string) => Uint8Array): (key: string) => Uint8Array {
  let last: { key: string; bytes: Uint8Array } | undefined
  return (key) => (last?.key === key ? last : (last = { key, bytes: read(key) })).bytes
}
