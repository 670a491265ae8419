import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { MediaError } from '../domain/errors.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { looksLikeStimulus } from './openableFiles.ts'

/** The whole pool goes to the compute process as one message. */
const largestPoolBytes = 2 ** 30

/**
 * Read every picture, sound and array in a folder and its subfolders; other files are passed over.
 * In order of their paths, so that a seed chooses the same pairs on every machine.
 *
 * @throws MediaError when there is no such folder, nothing in it, or too much
 */
export async function readPool(folder: string): Promise<StimulusFile[]> {
  const names = await poolNames(folder)
  const files: StimulusFile[] = []
  for (const fileName of names) files.push({ fileName, bytes: await readFile(path.join(folder, fileName)) })
  return files
}

/**
 * The files that `readPool` would read, by name.
 *
 * @throws MediaError when there is no such folder, nothing in it, or too much
 */
export async function poolNames(folder: string): Promise<string[]> {
  const names = await stimulusNames(folder)
  if (names.length === 0) {
    throw new MediaError(`The folder "${folder}" holds no pictures (PNG, JPEG, WebP, GIF, TIFF), sounds (WAV) or arrays (NPY). Choose another folder.`)
  }
  await checkSize(folder, names)
  return names
}

async function stimulusNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && looksLikeStimulus(entry.name))
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
      .sort()
  } catch (cause) {
    throw new MediaError(`The folder "${folder}" cannot be read. Check that it exists and that you may read it.`, { cause })
  }
}

async function checkSize(folder: string, names: string[]): Promise<void> {
  let bytes = 0
  for (const name of names) bytes += (await stat(path.join(folder, name))).size
  if (bytes <= largestPoolBytes) return
  throw new MediaError(
    `The folder "${folder}" holds ${names.length} stimuli of ${(bytes / 2 ** 30).toFixed(1)} GB; a pool may have 1 GB. Choose a folder with fewer: 2,000 pictures give 1,999,000 pairs.`,
  )
}
