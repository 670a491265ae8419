import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { ModelFileError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'

const weightsFileName = 'weights.safetensors'

/**
 * Read a trained network's weight file. The compute process checks it against the network's card.
 *
 * @throws ModelFileError when it is not there or cannot be read
 */
export async function readWeightFile(modelsFolder: string, network: string): Promise<Uint8Array> {
  const file = path.join(modelsFolder, network, weightsFileName)
  try {
    return await readFile(file)
  } catch (cause) {
    throw new ModelFileError(`The weights of network "${network}" cannot be read: ${file}. ${cure(network)}`, { cause })
  }
}

/** Mark the trained networks whose weight file is not here. */
export async function withWeightsState(modelsFolder: string, networks: NetworkSummary[]): Promise<NetworkSummary[]> {
  return Promise.all(
    networks.map(async (network) => {
      const missing = network.weights.state === 'trained' && !(await isFile(path.join(modelsFolder, network.name, weightsFileName)))
      if (!missing) return network
      const source = `models/${network.name}/${weightsFileName} is missing. ${cure(network.name)}`
      return { ...network, weights: { ...network.weights, state: 'needed' as const, source } }
    }),
  )
}

function cure(network: string): string {
  return `Get the file again with the program (git checkout models/${network}), or copy it there.`
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then((found) => found.isFile(), () => false)
}
