import { createHash } from 'node:crypto'
import path from 'node:path'
import { ModelFileError } from '../domain/errors.ts'
import type { NetworkGraph } from '../domain/graph.ts'
import type { ModelFileFormat } from '../domain/importing.ts'
import type { NamedArray, NamedArrays } from '../domain/weights.ts'
import { kerasGraph } from '../weights/keras/kerasGraph.ts'
import { kerasWeights } from '../weights/keras/kerasWeights.ts'
import { readOnnx } from '../weights/onnx/readOnnx.ts'
import { openWeightFile, type OpenedWeights } from '../weights/openWeightFile.ts'
import { sniffWeights } from '../weights/sniffWeights.ts'
import { folderSource, type FolderSource, type ToldBytes } from '../weights/weightSource.ts'

/** A file of weights or of a whole network, or several that make one, as read. */
export interface ModelFile {
  format: ModelFileFormat
  byteLength: number
  hash: string
  /** The one that was given first. */
  files: string[]
  arrays: NamedArrays
  /** Where the file holds a whole network that can be computed. */
  graph: NetworkGraph | null
  warnings: string[]
}

/** What is in the files, without what is known of them from outside. */
type Content = Pick<ModelFile, 'format' | 'arrays' | 'graph' | 'warnings'>

/**
 * Read a file of weights or of a network, whatever its format. Nothing in it is executed.
 *
 * @throws ModelFileError when it cannot be read or is of no known kind
 */
export async function readModelFile(file: string, told: ToldBytes): Promise<ModelFile> {
  const source = folderSource(file, told)
  const main = await source.read(source.fileName)
  const content = sniffWeights(main, source.fileName) === 'onnx' ? readNetwork(main, source) : await readWeights(main, source)
  const files = [...source.hashes.keys()].map((name) => path.join(path.dirname(file), name))
  return { ...content, byteLength: source.byteLength(), hash: hashOf([...source.hashes.values()]), files }
}

function readNetwork(main: Uint8Array, source: FolderSource): Content {
  const graph = readOnnx(main, `"${source.fileName}"`, source.readAtOnce)
  const weights = [...graph.constants].filter((entry): entry is [string, NamedArray & typeof entry[1]] => entry[1].type === 'float32')
  return { format: 'onnx', graph, arrays: new Map(weights), warnings: graph.warnings }
}

async function readWeights(main: Uint8Array, source: FolderSource): Promise<Content> {
  // The main file is here already.
  const opened = await openWeightFile({ ...source, read: async (name) => (name === source.fileName ? main : source.read(name)) })
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

/** Of one file its own, of several the hash of their hashes. */
function hashOf(hashes: string[]): string {
  return hashes.length === 1 ? hashes[0]! : createHash('sha256').update(hashes.join('\n')).digest('hex')
}

function formatOf({ format, config }: OpenedWeights): ModelFileFormat {
  if (format === 'hdf5') return 'keras-h5'
  if (format !== 'tfjs') return format
  const isGraph = typeof config === 'object' && config !== null && 'node' in config
  return isGraph ? 'tfjs-graph' : 'tfjs-layers'
}
