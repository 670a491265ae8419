import { randomUUID } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import { ExportError } from '../domain/errors.ts'
import { longName } from '../domain/longName.ts'
import { sha256 } from './fileNames.ts'
import type { ExportFile } from './manifest.ts'

/** The file operations an export needs; a test hands in failing ones. */
export type FolderFiles = Pick<typeof nodeFs, 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'rmdir'>

export const nodeFolderFiles: FolderFiles = nodeFs

/**
 * Write files as a new folder, all or nothing: built beside it, flushed to disk, read back, then renamed.
 *
 * @throws ExportError when the place is taken or cannot be written; nothing half-made stays behind
 */
export async function writeFolder(folder: string, files: readonly ExportFile[], disk: FolderFiles): Promise<void> {
  const long = longName(path.basename(folder))
  if (long) throw new ExportError(long)
  const existing = await existingEntries(folder, disk)
  if (existing !== null && existing > 0) {
    throw new ExportError(`The folder "${folder}" already holds ${existing === 1 ? 'something' : `${existing} things`}. Choose a new or empty folder.`)
  }
  const parent = path.dirname(folder)
  const building = path.join(parent, `.${path.basename(folder)}.partial-${randomUUID().slice(0, 8)}`)
  try {
    await disk.mkdir(building)
    await writeAll(building, files, disk)
    await verify(building, folder, files, disk)
    // Windows does not rename onto an empty folder; other systems do.
    if (existing === 0 && process.platform === 'win32') await disk.rmdir(folder)
    await disk.rename(building, folder)
  } catch (cause) {
    throw refusal(folder, cause, await removed(building, disk))
  }
  await flushFolder(parent, disk).catch((cause: unknown) => {
    throw new ExportError(`The stimulus set is in "${folder}", but the disk did not confirm it: ${messageOf(cause)}. Check the disk, then export again to another folder.`, { cause })
  })
}

/** How many entries the place holds; null when nothing is there. */
async function existingEntries(folder: string, disk: FolderFiles): Promise<number | null> {
  try {
    return (await disk.readdir(folder)).length
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null
    throw refusal(folder, cause)
  }
}

async function writeAll(root: string, files: readonly ExportFile[], disk: FolderFiles): Promise<void> {
  const folders = new Set(files.map((f) => path.dirname(path.join(root, f.path))))
  for (const folder of folders) await disk.mkdir(folder, { recursive: true })
  for (const { path: relative, bytes } of files) {
    const file = await disk.open(path.join(root, relative), 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  }
  for (const folder of folders) await flushFolder(folder, disk)
}

/** Read every file back from the disk; a set that does not say what its manifest says is no set. */
async function verify(root: string, folder: string, files: readonly ExportFile[], disk: FolderFiles): Promise<void> {
  for (const { path: relative, bytes } of files) {
    if (sha256(await disk.readFile(path.join(root, relative))) === sha256(bytes)) continue
    throw new ExportError(`"${relative}" read back from "${folder}" is not what was written there. The disk may be failing; choose another one.`)
  }
}

/** Make the names in a folder last through a power cut. Windows cannot open folders, some network disks cannot flush them. */
async function flushFolder(folder: string, disk: FolderFiles): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await disk.open(folder, 'r')
  try {
    await handle.sync()
  } catch (cause) {
    if (!['EINVAL', 'ENOTSUP'].includes(codeOf(cause))) throw cause
  } finally {
    await handle.close()
  }
}

/** @returns null when it is gone, else the folder that stayed */
async function removed(building: string, disk: FolderFiles): Promise<string | null> {
  return disk.rm(building, { recursive: true, force: true }).then(
    () => null,
    () => building,
  )
}

const readOnly = (f: string) => `"${path.dirname(f)}" cannot be written to: it is read-only for you. Choose another place, or change its permissions.`

const sentences: Readonly<Record<string, (folder: string) => string>> = {
  ENOENT: (f) => `The folder "${path.dirname(f)}" does not exist, so "${path.basename(f)}" cannot be made in it. Create it first, or choose another place.`,
  ENOTDIR: (f) => `"${f}" is a file or lies inside one, where a new or empty folder is expected. Choose another place.`,
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: (f) => `"${path.dirname(f)}" lies on a read-only disk. Choose another place.`,
  ENOSPC: (f) => `The disk is full: the stimulus set does not fit into "${path.dirname(f)}". Free some space, or choose another disk.`,
}

function refusal(folder: string, cause: unknown, left: string | null = null): ExportError {
  const remains = left === null ? '' : ` What was begun could not be removed either; delete "${left}".`
  return new ExportError(sentenceFor(folder, cause) + remains, { cause })
}

function sentenceFor(folder: string, cause: unknown): string {
  if (cause instanceof ExportError) return cause.message
  return sentences[codeOf(cause)]?.(folder) ?? `The stimulus set could not be written to "${folder}": ${messageOf(cause)}. Choose another place.`
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
