import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { ModelFileError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { CardFile } from '../domain/workerMessages.ts'

const weightsFileName = 'weights.safetensors'
export const cardFileName = 'card.json'
const largestCardBytes = 16 << 20

/** Where networks lie: a folder for each, which holds its card and its file. */
export interface NetworkFolders {
  /** The program's own. */
  modelsFolder: string
  /** The user's. */
  networksFolder: string
}

/** @throws ModelFileError when it is not there */
export async function weightFileOf(folders: NetworkFolders, network: NetworkSummary): Promise<string> {
  const file = weightFile(folders, network)
  if (await isFile(file)) return file
  throw new ModelFileError(`The weights of network "${network.name}" cannot be read: ${file}. ${cure(network)}`)
}

/** Mark the trained networks whose weight file is not here. */
export async function withWeightsState(folders: NetworkFolders, networks: NetworkSummary[]): Promise<NetworkSummary[]> {
  return Promise.all(
    networks.map(async (network) => {
      const file = weightFile(folders, network)
      if (network.weights.state !== 'trained' || (await isFile(file))) return network
      const shown = network.own ? file : `models/${network.name}/${path.basename(file)}`
      const source = `${shown} is missing. ${cure(network)}`
      return { ...network, weights: { ...network.weights, state: 'needed' as const, source } }
    }),
  )
}

/** Every card in the user's folder; none where there is no such folder. */
export async function readOwnCards(networksFolder: string): Promise<CardFile[]> {
  const names = await readdir(networksFolder).catch(() => [])
  // A folder that begins with a dot is not finished yet.
  const files = names.filter((name) => !name.startsWith('.')).sort().map((name) => path.join(networksFolder, name, cardFileName))
  const cards = await Promise.all(files.map(readCardFile))
  return cards.filter((card) => card !== null)
}

/** None where there is no such file. What is no JSON is told of as any other mistake in a card: its value is a text. */
export async function readCardFile(file: string): Promise<CardFile | null> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) return null
  if (found.size > largestCardBytes) return { fileName: file, value: 'a file too large for a card' }
  const text = await readFile(file, 'utf8')
  try {
    return { fileName: file, value: JSON.parse(text) as unknown }
  } catch {
    return { fileName: file, value: text }
  }
}

function weightFile({ modelsFolder, networksFolder }: NetworkFolders, { name, own, weights }: NetworkSummary): string {
  return path.join(own ? networksFolder : modelsFolder, name, path.basename(weights.file ?? weightsFileName))
}

function cure({ name, own }: NetworkSummary): string {
  if (own) return 'Copy the file there again, or import the network again.'
  return `Get the file again with the program (git checkout models/${name}), or copy it there.`
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then((found) => found.isFile(), () => false)
}
