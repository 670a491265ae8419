import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { cardSchema, readCard, type Card } from '../domain/card.ts'
import { ModelFileError, UsageError } from '../domain/errors.ts'
import type { ImportCheck } from '../domain/importing.ts'
import type { NetworkSummary } from '../domain/network.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { CardFile, InspectedFile } from '../domain/workerMessages.ts'
import type { Params } from '../rpc/contract/methods.ts'
import { readCardFile } from './networkFiles.ts'
import type { HostParts } from './parts.ts'

/** The three ways in which a network is added to the user's own. It is there whole, tried and with its card, or not at all. */
export interface NetworkImport {
  /** Weights of a catalogue network, converted to its names and layouts. */
  converted(asked: Params<'imports.saveWeights'>): Promise<{ network: NetworkSummary; checks: ImportCheck[] }>
  /** A file as it is, and a card for it. */
  copied(file: InspectedFile, card: CardFile): Promise<NetworkSummary>
  /** A card that was shared, and the file that it names by hash: as it lay beside the card, or as that was converted from. */
  byCard(card: string, file: InspectedFile): Promise<NetworkSummary>
}

export function createNetworkImport({ compute, samples, ownNetworks, emit }: Pick<HostParts, 'compute' | 'samples' | 'ownNetworks' | 'emit'>): NetworkImport {
  async function requireFree(name: string): Promise<void> {
    const allowed = cardSchema.shape.name.safeParse(name)
    if (!allowed.success) throw new UsageError(`"${name}" cannot be a network's name: it ${allowed.error.issues[0]!.message}.`)
    const taken = (await compute.networks()).some((network) => network.name === name || network.aliases?.includes(name)) || (await ownNetworks.names()).includes(name)
    if (taken) throw new UsageError(`There is a network "${name}" already. Choose another name, or remove that one first.`)
  }

  /** @returns what was seen, which is all as it should be or accepted as it is */
  async function tried(card: Card, file: string, accepted: boolean): Promise<ImportCheck[]> {
    const stimuli = await Promise.all((card.checks ?? []).map(async ({ sample }) => ({ sample, stimulus: await samples.read(sample) })))
    const checks = await compute.link.request('checkImport', { card: { fileName: 'the card of this import', value: card }, path: file, stimuli })
    const failed = checks.filter(({ passed }) => !passed)
    if (failed.length > 0 && !accepted) throw checkFailed(card.name, failed, checks)
    return checks
  }

  async function added<T extends { card: Card }>(name: string, fill: (folder: string) => Promise<T>): Promise<T & { network: NetworkSummary }> {
    await requireFree(name)
    const filled = await ownNetworks.add(name, fill)
    compute.networksChanged()
    emit('changed', { what: 'networks', ids: [] })
    return { ...filled, network: requireNetwork(await compute.networks(), name) }
  }

  async function copied(file: InspectedFile, cardFile: CardFile): Promise<NetworkSummary> {
    const card = readCard(cardFile.value, cardFile.fileName)
    const { network } = await added(card.name, async (folder) => {
      const [main, ...others] = file.files.map((from) => ({ from, to: path.join(folder, path.basename(from)) }))
      const mainCopy = path.join(folder, path.basename(weightsFileOf(card)))
      await copyFile(main!.from, mainCopy)
      for (const { from, to } of others) await copyFile(from, to)
      await tried(card, mainCopy, false)
      return { card }
    })
    return network
  }

  return {
    copied,
    async converted({ name, unchecked = false, ...asked }) {
      const { network, checks } = await added(name, async (folder) => {
        const { card } = await compute.link.request('importWeights', { ...asked, name, output: folder })
        return { card, checks: await tried(card, path.join(folder, weightsFileOf(card)), unchecked) }
      })
      return { network, checks }
    },
    async byCard(cardPath, file) {
      const card = await readSharedCard(cardPath)
      const { hash, sourceFile, source, licence } = card.weights
      if (file.hash === hash) return copied(file, { fileName: cardPath, value: card })
      if (file.hash !== sourceFile.hash || card.network.from !== 'architecture') throw otherFile(cardPath, card, file)
      const asked = { path: file.path, network: card.network.name, name: card.name, source, licence }
      const { network } = await added(card.name, async (folder) => {
        const { card: made } = await compute.link.request('importWeights', { ...asked, output: folder })
        if (made.weights.hash !== hash) throw otherFile(cardPath, card, file)
        await tried(card, path.join(folder, weightsFileOf(card)), false)
        return { card }
      })
      return network
    },
  }
}

type SharedCard = Card & { weights: Extract<Card['weights'], { state: 'trained' }>; network: NonNullable<Card['network']> }

async function readSharedCard(file: string): Promise<SharedCard> {
  const found = await readCardFile(file)
  if (!found) throw new ModelFileError(`There is no card "${file}". Check its name and folder.`)
  const card = readCard(found.value, file)
  if (card.weights.state !== 'trained' || !card.network) {
    throw new ModelFileError(`The card ${file} is not that of a network that somebody added: it names no file, or not what computes it. Choose a card that "save card" wrote.`)
  }
  return card as SharedCard
}

function weightsFileOf({ name, weights }: Card): string {
  if (weights.state === 'trained') return path.basename(weights.file)
  throw new ModelFileError(`The card of network "${name}" names no file. Give one that does.`)
}

function otherFile(cardPath: string, { weights }: SharedCard, { fileName, hash }: InspectedFile): ModelFileError {
  const short = (value: string): string => `${value.slice(0, 12)}…`
  return new ModelFileError(
    `The card ${cardPath} belongs to a file "${weights.file}" with SHA-256 ${short(weights.hash)}, or to "${weights.sourceFile.name}" with ${short(weights.sourceFile.hash)}; ` +
      `"${fileName}" has ${short(hash)}. Choose the file that the card names.`,
  )
}

function checkFailed(name: string, failed: ImportCheck[], checks: ImportCheck[]): ModelFileError {
  const seen = failed.map(({ stimulus, expected, found }) => `for the sample "${stimulus}" it says ${found} instead of ${expected}`).join('; ')
  return new ModelFileError(
    `Network "${name}" was not added: ${seen}. The weights may be of another network, or pictures and sounds scaled otherwise. ` +
      'If it was trained on something else and that is as it should be, add it without this check.',
    { details: { checks } },
  )
}
