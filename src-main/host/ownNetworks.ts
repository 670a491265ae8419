import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Card } from '../domain/card.ts'
import { LabError, ModelFileError } from '../domain/errors.ts'
import { cardFileName } from './networkFiles.ts'

const unfinished = /^\.unfinished-(\d+)-/

/** The folder of the networks that the user has added: a folder for each, there whole or not at all. */
export interface OwnNetworks {
  /** Of their folders, whatever state their cards are in. */
  names(): Promise<string[]>
  /** The card as it lies there. @throws ModelFileError when it cannot be read */
  cardText(name: string): Promise<string>
  /**
   * Add a network.
   *
   * @param fill  puts its files into a folder and gives its card; when it fails, nothing stays
   * @throws ModelFileError when the folder has one of that name, or cannot be written
   */
  add<T extends { card: Card }>(name: string, fill: (folder: string) => Promise<T>): Promise<T>
  /** @throws ModelFileError when it cannot be removed */
  remove(name: string): Promise<void>
}

export function createOwnNetworks(networksFolder: string): OwnNetworks {
  const folderOf = (name: string): string => path.join(networksFolder, name)
  const unfinishedFolder = async (): Promise<string> => {
    const folder = folderOf(`.unfinished-${process.pid}-${randomUUID()}`)
    await mkdir(folder)
    return folder
  }
  return {
    names: async () => (await readdir(networksFolder).catch(() => [])).filter((name) => !name.startsWith('.')).sort(),
    cardText: (name) => orSentence(`The card of network "${name}" cannot be read.`, () => readFile(path.join(folderOf(name), cardFileName), 'utf8')),
    add: (name, fill) =>
      orSentence(`Network "${name}" cannot be added to "${networksFolder}".`, async () => {
        await mkdir(networksFolder, { recursive: true })
        await removeLeftovers(networksFolder)
        const beside = await unfinishedFolder()
        try {
          const filled = await fill(beside)
          await writeFile(path.join(beside, cardFileName), `${JSON.stringify(filled.card, null, 2)}\n`)
          await rename(beside, folderOf(name))
          return filled
        } catch (error) {
          await rm(beside, { recursive: true, force: true })
          throw error
        }
      }),
    // Renamed first: half a network must not be found.
    remove: (name) =>
      orSentence(`Network "${name}" cannot be removed from "${networksFolder}".`, async () => {
        const aside = path.join(await unfinishedFolder(), name)
        try {
          await rename(folderOf(name), aside)
        } finally {
          await rm(path.dirname(aside), { recursive: true, force: true })
        }
      }),
  }
}

/** What processes left behind that were killed in the middle. */
async function removeLeftovers(networksFolder: string): Promise<void> {
  for (const name of await readdir(networksFolder)) {
    const maker = unfinished.exec(name)?.[1]
    if (maker !== undefined && !isAlive(Number(maker))) await rm(path.join(networksFolder, name), { recursive: true, force: true })
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const cures: Record<string, string> = {
  ENOSPC: 'The disk is full: make room and try again.',
  EDQUOT: 'Your share of the disk is full: make room and try again.',
  EACCES: 'You may not write there: change the permissions of that folder, or name another in METAMER_LAB_NETWORKS.',
  EPERM: 'You may not write there: change the permissions of that folder, or name another in METAMER_LAB_NETWORKS.',
  EROFS: 'That disk can only be read: name another folder in METAMER_LAB_NETWORKS.',
  ENOTEMPTY: 'There is one of that name: remove it first, or choose another name.',
  EEXIST: 'There is one of that name: remove it first, or choose another name.',
  ENOENT: 'It is not there.',
}

async function orSentence<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof LabError) throw cause
    throw new ModelFileError(`${what} ${cures[(cause as NodeJS.ErrnoException).code ?? ''] ?? (cause as Error).message}`, { cause })
  }
}
