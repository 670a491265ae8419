import { ModelFileError } from '../domain/errors.ts'
import type { NamedArrays } from '../domain/weights.ts'
import { readTextAttribute } from './hdf5Attributes.ts'
import { messageTypes, readDataspace, readDatatype, readFloats, type Budget, type Datatype } from './hdf5Datasets.ts'
import { readLinks } from './hdf5Groups.ts'
import { openHdf5, readMessages, type Hdf5File, type Message } from './hdf5Objects.ts'
import { limits, unpackedLimit } from './limits.ts'
import type { FloatType } from './numberTypes.ts'
import { parseJson } from './parseJson.ts'
import { skippedWarnings, type ParsedWeights } from './parsedWeights.ts'

/**
 * Read the floating-point arrays of an HDF5 file as Keras writes it (.h5, .weights.h5), and the architecture if it is there.
 *
 * This is a small reader of its own: the C library is known to crash or hang on hostile files, also inside WebAssembly, and
 * would copy the whole file into its memory; here every address is checked and every walk ends.
 *
 * @returns arrays by their path ("conv/conv/kernel:0"; of Keras 3 by layer, "conv/vars/0"); they may be views of `bytes`, which must not change then
 * @throws ModelFileError when it is damaged, points in circles, or is written in a newer way than Keras does
 * @source HDF5 File Format Specification 3.0
 */
export function readHdf5(bytes: Uint8Array): ParsedWeights {
  const { file, root } = openHdf5(bytes)
  const found: Found = { arrays: new Map(), skipped: [], budget: { left: unpackedLimit(bytes.length) }, seen: new Set() }
  const messages = readMessages(file, root)
  walk(file, root, messages, '', 0, found)
  const text = readTextAttribute(file, messages, 'model_config')
  const config = text === undefined ? {} : { config: parseJson(text, "The HDF5 file's model_config") }
  return { arrays: found.arrays, layout: 'tensorflow', ...config, warnings: skippedWarnings(found.skipped) }
}

interface Found {
  arrays: NamedArrays
  skipped: { name: string; type: string }[]
  budget: Budget
  /** Addresses of the groups that were walked: a group may hold itself. */
  seen: Set<number>
}

function walk(file: Hdf5File, address: number, messages: readonly Message[], path: string, depth: number, found: Found): void {
  if (depth > limits.depth) throw new ModelFileError(`The HDF5 file nests groups more than ${limits.depth} deep. It is damaged or made to mislead; do not trust it.`)
  if (found.seen.has(address)) throw new ModelFileError(`The HDF5 file's "${path}" is an object that has another name already. Save it again without links.`)
  found.seen.add(address)
  const dataspace = messages.find(({ type }) => type === messageTypes.dataspace)
  const datatype = messages.find(({ type }) => type === messageTypes.datatype)
  if (dataspace && datatype) return addArray(file, path, dataspace.body, datatype.body, messages, found)
  const own = ownName(file, messages, path)
  for (const link of readLinks(file, messages)) {
    const inner = own === '' ? link.name : `${own}/${link.name}`
    walk(file, link.address, readMessages(file, link.address), inner, depth + 1, found)
  }
}

/** Keras 3 keeps a layer's weights in groups "layers/conv2d_3/vars", numbered by class; the layer's name is an attribute there. */
function ownName(file: Hdf5File, messages: readonly Message[], path: string): string {
  const name = path.endsWith('/vars') ? readTextAttribute(file, messages, 'name') : undefined
  return name ? `${name}/vars` : path
}

function addArray(file: Hdf5File, name: string, dataspace: Uint8Array, datatype: Uint8Array, messages: readonly Message[], found: Found): void {
  const shape = readDataspace(file, dataspace)
  const type = readDatatype(datatype)
  if (shape && hasFloats(type)) found.arrays.set(name, readFloats(file, name, shape, type, messages, found.budget))
  else found.skipped.push({ name, type: ['whole numbers', 'floating point of a rare kind', 'time', 'text'][type.class] ?? 'no numbers' })
}

function hasFloats(type: Datatype): type is Datatype & { float: FloatType } {
  return type.float !== undefined
}
