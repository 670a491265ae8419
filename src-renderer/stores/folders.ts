import { defineStore } from 'pinia'
import type { FolderListing } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'

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
