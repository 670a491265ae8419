import { defineStore } from 'pinia'
import type { FolderListing } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'

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
  const look = (path: string): Promise<FolderListing | undefined> =>
    messages.attempt(`Looking into ${path || 'the home folder'}`, () => rpc.call('folders.list', { path }))
  /** Where a chooser begins: the wanted folder, or the home folder where there is none such. */
  const begin = (path: string): Promise<FolderListing | undefined> => rpc.call('folders.list', { path }).catch(() => look(''))
  return { look, begin }
})
