import { ModelFileError } from '../domain/errors.ts'
import type { GraphConstant, NetworkGraph } from '../domain/graph.ts'
import type { ModelFileFormat } from '../domain/importing.ts'
import type { NamedArray, NamedArrays } from '../domain/weights.ts'
import { kerasGraph } from './keras/kerasGraph.ts'
import { kerasWeights } from './keras/kerasWeights.ts'
import { readOnnx } from './onnx/readOnnx.ts'
import { mainFileOf, readWeightFile, type OpenedWeights } from './openWeightFile.ts'
import { sniffWeights } from './sniffWeights.ts'
import { tensorflowGraph } from './tensorflow/tensorflowGraph.ts'
import type { WeightSource } from './weightSource.ts'

/** What is in a file of weights or of a whole network. */
export interface ModelContent {
  format: ModelFileFormat
  arrays: NamedArrays
  /** Where the file holds a whole network that can be computed. */
  graph: NetworkGraph | null
  warnings: string[]
}

/** As a weight file's, and with the parts of a network that its main file names while it is taken apart. */
export type ModelSource = WeightSource & { readAtOnce(name: string): Uint8Array }

/**
 * Read a file of weights or of a network, whatever its format, told by its content. Nothing in it is executed.
 *
 * @throws ModelFileError when the format is unknown, or the file is damaged or claims more than it holds
 */
export async function openModelFile(source: ModelSource): Promise<ModelContent> {
  const main = await source.read(mainFileOf(source.fileName))
  return sniffWeights(main, source.fileName) === 'onnx' ? readNetwork(main, source) : readWeights(main, source)
}

function readNetwork(main: Uint8Array, source: ModelSource): ModelContent {
  const graph = readOnnx(main, `"${source.fileName}"`, source.readAtOnce)
  const weights = [...graph.constants].filter((entry): entry is [string, NamedArray & typeof entry[1]] => entry[1].type === 'float32')
  return { format: 'onnx', graph, arrays: new Map(weights), warnings: graph.warnings }
}

async function readWeights(main: Uint8Array, source: ModelSource): Promise<ModelContent> {
  const opened = await readWeightFile(main, source)
  const format = formatOf(opened)
  const { graph, problem } = wholeNetwork(opened, format, `"${source.fileName}"`)
  return { format, arrays: opened.arrays, graph, warnings: [...opened.warnings, ...problem] }
}

/** A file is of use for its weights where its network cannot be computed. */
function wholeNetwork(opened: OpenedWeights, format: ModelFileFormat, fileName: string): { graph: NetworkGraph | null; problem: string[] } {
  const read = Object.hasOwn(networkReaders, format) ? networkReaders[format]! : null
  if (opened.config === undefined || !read) return { graph: null, problem: [] }
  try {
    return { graph: read(opened, fileName), problem: [] }
  } catch (error) {
    if (error instanceof ModelFileError) return { graph: null, problem: [`It can serve for its weights only: ${error.message}`] }
    throw error
  }
}

type NetworkReader = (opened: OpenedWeights, fileName: string) => NetworkGraph

const layers: NetworkReader = ({ config, arrays }, fileName) => kerasGraph(config, kerasWeights(arrays), fileName)

const networkReaders: Partial<Record<ModelFileFormat, NetworkReader>> = {
  keras: layers,
  'keras-h5': layers,
  'tfjs-layers': ({ config, ...rest }, fileName) => layers({ ...rest, config: layersOf(config) }, fileName),
  'tfjs-graph': ({ config, arrays, wholeNumbers }, fileName) => tensorflowGraph(config, new Map([...asConstants(arrays), ...(wholeNumbers ?? [])]), fileName),
}

/** Converted from Keras the topology holds the model beside a version; saved by TensorFlow.js it is the model. */
function layersOf(topology: unknown): unknown {
  return typeof topology === 'object' && topology !== null && 'model_config' in topology ? topology.model_config : topology
}

function asConstants(arrays: NamedArrays): Map<string, GraphConstant> {
  return new Map([...arrays].map(([name, { shape, data }]) => [name, { shape, type: 'float32', data }]))
}

function formatOf({ format, config }: OpenedWeights): ModelFileFormat {
  if (format === 'hdf5') return 'keras-h5'
  if (format !== 'tfjs') return format
  const isGraph = typeof config === 'object' && config !== null && 'node' in config
  return isGraph ? 'tfjs-graph' : 'tfjs-layers'
}
