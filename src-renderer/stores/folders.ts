import { defineStore } from 'pinia'
import type { FolderListing, Params } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'

type Shown = Params<'folders.list'>['show']

/** The name itself where the folder has nothing so called, else the name with the first free number. */
export function freeName(listing: Pick<FolderListing, 'folders' | 'files'>, name: string): string {
  const taken = new Set([...listing.folders, ...listing.files.map((f) => f.name)])
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name} ${n}`
  return free
}

/** The folders of the machine the program runs on; a browser cannot see them by itself. */
export const useFolders = defineStore('folders', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const list = (path: string, show?: Shown): Promise<FolderListing> => rpc.call('folders.list', show ? { path, show } : { path })
  const look = (path: string, show?: Shown): Promise<FolderListing | undefined> =>
    messages.attempt(`Looking into ${path || 'the home folder'}`, () => list(path, show))
  /** Where a chooser begins: the wanted folder, or the home folder where there is none such. */
  const begin = (path: string, show?: Shown): Promise<FolderListing | undefined> => list(path, show).catch(() => look('', show))
  return { list, look, begin }
})
