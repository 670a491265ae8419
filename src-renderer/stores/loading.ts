import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef } from 'vue'
import type { Events } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'

/** The network's file that is being read now. */
export const useLoading = defineStore('loading', () => {
  const rpc = useRpc()
  const current = shallowRef<Events['loading'] | null>(null)
  onScopeDispose(rpc.on('loading', (event) => (current.value = event.doneBytes < event.totalBytes ? event : null)))
  onScopeDispose(rpc.onState((state) => void (state !== 'open' && (current.value = null))))
  return { current }
})
