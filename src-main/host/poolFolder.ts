import { statSync, type Dirent } from 'node:fs'
import { open, readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { MediaError } from '../domain/errors.ts'
import type { StimulusKind } from '../domain/network.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { sniffStimulus } from '../media/sniff.ts'
import { looksLikeStimulus } from './openableFiles.ts'

/** The whole pool goes to the compute process as one message. */
const largestPoolBytes = 2 ** 30

/**
 * Read a pool: every picture, sound and array in a folder and its subfolders (other files are passed over), in order of their paths, so
 * that a seed chooses the same pairs on every machine; or the files that a text file lists, one a line, in its order.
 *
 * @param pool  the folder or the list; paths in a list count from where it is
 * @throws MediaError when there is no such folder or list, nothing in it, or too much
 */
export async function readPool(pool: string): Promise<StimulusFile[]> {
  const names = await poolNames(pool)
  const from = folderOf(pool)
  const files: StimulusFile[] = []
  for (const fileName of names) files.push({ fileName, bytes: await readFile(path.resolve(from, fileName)) })
  return files
}

/**
 * The files that `readPool` would read, by name.
 *
 * @throws MediaError when there is no such folder or list, nothing in it, or too much
 */
export async function poolNames(folder: string): Promise<string[]> {
  if (isList(folder)) return listedNames(folder)
  const names = await stimulusNames(folder)
  if (names.length === 0) {
    throw new MediaError(`The folder "${folder}" holds no pictures (PNG, JPEG, WebP, GIF, TIFF), sounds (WAV) or arrays (NPY). Choose another folder.`)
  }
  await checkSize(folder, names, { holds: `The folder "${folder}" holds`, cure: 'Choose a folder with fewer' })
  return names
}

/**
 * Count the stimuli of a pool that a network of this kind is shown, by the first bytes of each file. Copies are told apart only when all is read: then
 * they count once.
 *
 * @throws MediaError when there is no such folder or list, nothing in it, too much, or a file that is no stimulus
 */
export async function countPool(pool: string, kind: StimulusKind): Promise<number> {
  let count = 0
  for (const fileName of await poolNames(pool)) {
    const format = sniffStimulus(await firstBytes(path.resolve(folderOf(pool), fileName)), fileName)
    if (format === kind || format === 'array') count++
  }
  return count
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function folderOf(pool: string): string {
  return isList(pool) ? path.dirname(pool) : pool
}

function isList(pool: string): boolean {
  return path.extname(pool).toLowerCase() === '.txt'
}

async function listedNames(list: string): Promise<string[]> {
  const names = (await textOf(list)).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  if (names.length === 0) throw new MediaError(`The list "${list}" names no file. Write one picture or sound a line.`)
  for (const name of names) {
    const found = statSync(path.resolve(path.dirname(list), name), { throwIfNoEntry: false })
    if (!found) throw new MediaError(`The list "${list}" names "${name}", which does not exist. Paths in it count from the list's own folder.`)
    if (found.isDirectory()) throw new MediaError(`The list "${list}" names "${name}", which is a folder. Name the files in it, one a line.`)
  }
  await checkSize(path.dirname(list), names, { holds: `The list "${list}" names`, cure: 'Name fewer' })
  return names
}

async function textOf(list: string): Promise<string> {
  try {
    return await readFile(list, 'utf8')
  } catch (cause) {
    throw new MediaError(`The list "${list}" cannot be read. Check that it exists and that you may read it.`, { cause })
  }
}

async function stimulusNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => looksLikeStimulus(entry.name) && isFile(entry))
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
      .sort()
  } catch (cause) {
    throw new MediaError(`The folder "${folder}" cannot be read. Check that it exists and that you may read it.`, { cause })
  }
}

/** Or a link to one: collections are often put together of links. Links to folders are passed over, as they may lead back. */
function isFile(entry: Dirent): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && (statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.isFile() ?? false))
}

async function checkSize(folder: string, names: string[], { holds, cure }: { holds: string; cure: string }): Promise<void> {
  let bytes = 0
  for (const name of names) bytes += (await stat(path.resolve(folder, name))).size
  if (bytes <= largestPoolBytes) return
  throw new MediaError(
    `${holds} ${names.length} stimuli of ${(bytes / 2 ** 30).toFixed(1)} GB; a pool may have 1 GB. ${cure}: 2,000 pictures give 1,999,000 pairs.`,
  )
}
