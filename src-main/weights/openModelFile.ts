import { ModelFileError } from '../domain/errors.ts'
import type { NetworkGraph } from '../domain/graph.ts'
import type { ModelFileFormat } from '../domain/importing.ts'
import type { NamedArray, NamedArrays } from '../domain/weights.ts'
import { kerasGraph } from './keras/kerasGraph.ts'
import { kerasWeights } from './keras/kerasWeights.ts'
import { readOnnx } from './onnx/readOnnx.ts'
import { mainFileOf, openWeightFile, type OpenedWeights } from './openWeightFile.ts'
import { sniffWeights } from './sniffWeights.ts'
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
  // The main file is here already.
  const opened = await openWeightFile({ ...source, read: async (name) => (name === mainFileOf(source.fileName) ? main : source.read(name)) })
  const format = formatOf(opened)
  const { graph, problem } = format.startsWith('keras') || format === 'tfjs-layers' ? layeredNetwork(opened, source.fileName) : { graph: null, problem: [] }
  return { format, arrays: opened.arrays, graph, warnings: [...opened.warnings, ...problem] }
}

/** A Keras file is of use for its weights where its layers cannot be computed. */
function layeredNetwork({ config, arrays }: OpenedWeights, fileName: string): { graph: NetworkGraph | null; problem: string[] } {
  if (config === undefined) return { graph: null, problem: [] }
  try {
    return { graph: kerasGraph(config, kerasWeights(arrays), `"${fileName}"`), problem: [] }
  } catch (error) {
    if (error instanceof ModelFileError) return { graph: null, problem: [`It can serve for its weights only: ${error.message}`] }
    throw error
  }
}

function formatOf({ format, config }: OpenedWeights): ModelFileFormat {
  if (format === 'hdf5') return 'keras-h5'
  if (format !== 'tfjs') return format
  const isGraph = typeof config === 'object' && config !== null && 'node' in config
  return isGraph ? 'tfjs-graph' : 'tfjs-layers'
}
