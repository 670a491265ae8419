import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { errorFromData } from '../../src-main/domain/errors.ts'
import type { AppInfo } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'

/** A computer that wakes up, or a program that is busy, may be away for a moment. */
const PATIENCE_MS = 5000

/** The program this window belongs to: its version, its engine, and whether it can be reached. */
export const useSession = defineStore('session', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const info = shallowRef<AppInfo | null>(null)
  const connection = ref(rpc.state)
  /** It has been away for longer: what is shown may not be so any more. */
  const lost = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function refresh(): Promise<void> {
    const answer = await messages.attempt('Asking for the engine', () => rpc.call('app.info', {}))
    if (answer) info.value = answer
  }

  onScopeDispose(
    rpc.onState((state) => {
      connection.value = state
      if (state === 'open') void refresh()
      if (state === 'closed') timer ??= setTimeout(() => (lost.value = true), PATIENCE_MS)
      else if (state === 'open') arrived()
    }),
  )
  function arrived(): void {
    clearTimeout(timer)
    timer = undefined
    lost.value = false
  }
  onScopeDispose(arrived)
  // What belongs to no call: a full disk, a project file that is gone.
  onScopeDispose(rpc.on('problem', (problem) => messages.report(null, errorFromData(problem))))
  void refresh()
  return { info, connection, lost, refresh }
})
