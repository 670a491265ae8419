import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { AppInfo } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'

/** The program this window belongs to: its version, its engine, and whether it can be reached. */
export const useSession = defineStore('session', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const info = shallowRef<AppInfo | null>(null)
  const connection = ref(rpc.state)

  async function refresh(): Promise<void> {
    const answer = await messages.attempt('Asking for the engine', () => rpc.call('app.info', {}))
    if (answer) info.value = answer
  }

  onScopeDispose(
    rpc.onState((state) => {
      connection.value = state
      if (state === 'open') void refresh()
    }),
  )
  void refresh()
  return { info, connection, refresh }
})
