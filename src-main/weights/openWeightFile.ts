import { ModelFileError } from '../domain/errors.ts'
import { readHdf5 } from './hdf5.ts'
import { guessLayout } from './kernelLayout.ts'
import { notFiniteWarnings } from './notFinite.ts'
import { readNpz } from './npz.ts'
import { parseJson } from './parseJson.ts'
import type { KernelLayout, ParsedWeights } from './parsedWeights.ts'
import { readPytorchLegacyWeights } from './pytorchLegacy.ts'
import { readPytorchZip } from './pytorchZip.ts'
import { readSafetensorsFile } from './safetensors.ts'
import { sniffWeights, type WeightFormat } from './sniffWeights.ts'
import { countShards, readTensorflowCheckpoint } from './tensorflowCheckpoint.ts'
import { readTfjsModel } from './tfjsModel.ts'
import { checkPlainName, type WeightSource } from './weightSource.ts'
import { openZip } from './zipArchive.ts'

export interface OpenedWeights extends ParsedWeights {
  format: WeightFormat
}

/** Of a TensorFlow checkpoint the index tells what the data files hold. */
export function mainFileOf(fileName: string): string {
  return fileName.replace(/\.data-\d{5}-of-\d{5}$/, '.index')
}

type Reader = (bytes: Uint8Array, source: WeightSource) => ParsedWeights | Promise<ParsedWeights>

const readers: Readonly<Record<Exclude<WeightFormat, 'onnx'>, Reader>> = {
  safetensors: readSafetensorsWithLayout,
  'pytorch-zip': (bytes) => readPytorchZip(openZip(bytes), bytes.length),
  'pytorch-legacy': readPytorchLegacyWeights,
  hdf5: readHdf5,
  keras: readKeras,
  npz: (bytes) => withGuessedLayout(readNpz(openZip(bytes)), 'tensorflow'),
  tfjs: (bytes, source) => readTfjsModel(parseJson(bytes, `"${source.fileName}"`), source),
  'tensorflow-checkpoint': readCheckpoint,
}

/**
 * Read a weight file of any known format, told by its content. Nothing in it is ever executed.
 *
 * @param source  the main file, and the files beside it
 * @returns arrays with names and layouts as stored; they may be views of what the source gave
 * @throws ModelFileError when the format is unknown, or the file is damaged or claims more than it holds
 */
export async function openWeightFile(source: WeightSource): Promise<OpenedWeights> {
  return readWeightFile(await source.read(mainFileOf(source.fileName)), source)
}

/** The same, of a main file that was read already. */
export async function readWeightFile(bytes: Uint8Array, source: WeightSource): Promise<OpenedWeights> {
  const format = sniffWeights(bytes, source.fileName)
  if (format === 'onnx') throw new ModelFileError(`"${source.fileName}" is an ONNX file, which holds a whole network. Import it as a network.`)
  const parsed = await readers[format](bytes, { ...source, fileName: mainFileOf(source.fileName) })
  return { format, ...parsed, warnings: [...parsed.warnings, ...notFiniteWarnings(parsed.arrays)] }
}

function readSafetensorsWithLayout(bytes: Uint8Array): ParsedWeights {
  const { metadata, ...rest } = readSafetensorsFile(bytes)
  const told = typeof metadata === 'object' && metadata !== null && 'format' in metadata ? metadata.format : undefined
  if (told === 'pt') return { ...rest, layout: 'pytorch' }
  return told === 'tf' ? { ...rest, layout: 'tensorflow' } : withGuessedLayout({ ...rest, layout: 'pytorch' }, 'pytorch')
}

function withGuessedLayout(parsed: ParsedWeights, otherwise: KernelLayout): ParsedWeights {
  const layout = guessLayout(parsed.arrays)
  const warning = `The file does not say how its kernels are laid out; ${layout ? 'by their shapes' : 'without a kernel to tell'}, the order of ${(layout ?? otherwise) === 'pytorch' ? 'PyTorch' : 'TensorFlow'} is assumed.`
  return { ...parsed, layout: layout ?? otherwise, warnings: [...parsed.warnings, warning] }
}

/** Keras 3: a zip archive of the configuration and an HDF5 file. */
function readKeras(bytes: Uint8Array): ParsedWeights {
  const zip = openZip(bytes)
  const weights = readHdf5(zip.read('model.weights.h5'))
  return { ...weights, config: parseJson(zip.read('config.json'), 'The config.json of the Keras file') }
}

async function readCheckpoint(index: Uint8Array, source: WeightSource): Promise<ParsedWeights> {
  if (!source.fileName.endsWith('.index')) throw new ModelFileError(`"${source.fileName}" is the index of a TensorFlow checkpoint, but its name does not end in .index, so its data files cannot be found. Give it its name back.`)
  const base = source.fileName.slice(0, -'.index'.length)
  const count = countShards(index)
  const digits = (n: number) => String(n).padStart(5, '0')
  const shards: Uint8Array[] = []
  for (let i = 0; i < count; i++) shards.push(await source.read(checkPlainName(`${base}.data-${digits(i)}-of-${digits(count)}`)))
  return { arrays: readTensorflowCheckpoint(index, shards), layout: 'tensorflow', warnings: [] }
}
