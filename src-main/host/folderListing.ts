import { readdir, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { UsageError } from '../domain/errors.ts'
import type { FolderListing } from '../rpc/contract/methods.ts'
import { looksOpenable } from './openableFiles.ts'

/**
 * List a folder for the window's file chooser: folders, and files that may be chosen. Hidden ones are left out.
 *
 * @param folder  '' stands for the home folder
 * @param shown   which files, by their name
 * @throws UsageError when it is no whole path, or cannot be read
 */
export async function listFolder(folder: string, shown: (fileName: string) => boolean = looksOpenable): Promise<FolderListing> {
  if (folder !== '' && !path.isAbsolute(folder)) throw new UsageError(`"${folder}" is no whole path. Write it from the root on, as in "${path.join(os.homedir(), folder)}".`)
  const full = folder === '' ? os.homedir() : path.resolve(folder)
  const entries = await readdir(full, { withFileTypes: true }).catch((cause: unknown) => {
    throw refusal(full, cause)
  })
  const visible = entries.filter((entry) => !entry.name.startsWith('.'))
  const described = await Promise.all(visible.map(({ name }) => describe(full, name)))
  const present = described.filter((entry) => entry !== null)
  return {
    path: full,
    parent: path.dirname(full) === full ? null : path.dirname(full),
    folders: present.filter((entry) => entry.isFolder).map(({ name }) => name).sort(byName),
    files: present
      .filter(({ isFile, name }) => isFile && shown(name))
      .map(({ name, byteLength }) => ({ name, byteLength }))
      .sort((a, b) => byName(a.name, b.name)),
  }
}

function refusal(full: string, cause: unknown): UsageError {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return new UsageError(`There is no folder "${full}". Check the path, or choose a folder that is there.`)
    case 'ENOTDIR':
      return new UsageError(`"${full}" is a file, or lies inside one, where a folder is expected. Choose the folder that it is in.`)
    case 'ENAMETOOLONG':
      return new UsageError('There is no such folder: a name in the path is longer than any can be. Check the path, or choose a folder that is there.')
    default:
      return new UsageError(`The folder "${full}" cannot be read. Check that you may read it.`, { cause })
  }
}

/** Follows links; null for what leads nowhere. */
async function describe(folder: string, name: string) {
  try {
    const found = await stat(path.join(folder, name))
    return { name, isFolder: found.isDirectory(), isFile: found.isFile(), byteLength: found.size }
  } catch {
    return null
  }
}

/** As people order names: "2" before "10", capitals beside small letters. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' }) || (a < b ? -1 : 1)
}
