import { defineStore } from 'pinia'
import { onScopeDispose } from 'vue'
import type { StoppedNull } from '../../src-main/domain/nullDistribution.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'
import { useNulls } from './nulls.ts'
import { useStored } from './useStored.ts'

/** Null distributions that were stopped, in this session or before, and can be gone on with. */
export const useStoppedNulls = defineStore('stoppedNulls', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const nulls = useNulls()
  const { value: list, refresh } = useStored<StoppedNull[]>('nulls', () => [], (r) => r.call('nulls.stopped', {}))
  // One that is stopped stores nothing that would announce itself.
  onScopeDispose(rpc.on('nullProgress', ({ state }) => void (state !== 'running' && refresh())))

  async function goOn({ plan }: StoppedNull): Promise<void> {
    await nulls.start(plan)
    await Promise.all([nulls.refresh(), refresh()])
  }

  async function drop(id: string): Promise<void> {
    await messages.attempt('Dropping the null distribution', () => rpc.call('nulls.drop', { id }))
    await refresh()
  }

  return { list, refresh, goOn, drop }
})
