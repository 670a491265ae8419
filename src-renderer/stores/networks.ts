import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef } from 'vue'
import type { NetworkSummary } from '../../src-main/domain/network.ts'
import type { Protocol } from '../../src-main/domain/protocol.ts'
import type { SampleSummary } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'

/** What is there for every project: networks, the user's own among them; preset protocols; sample stimuli. */
export const useNetworks = defineStore('networks', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const list = shallowRef<NetworkSummary[]>([])
  const protocols = shallowRef<Array<{ protocol: Protocol; note: string }>>([])
  const samples = shallowRef<SampleSummary[]>([])
  const byName = computed(() => new Map(list.value.map((n) => [n.name, n])))

  async function refresh(): Promise<void> {
    await messages.attempt('Asking for the networks', async () => {
      const [networks, presets, stimuli] = await Promise.all([
        rpc.call('networks.list', {}),
        rpc.call('protocols.list', {}),
        rpc.call('samples.list', {}),
      ])
      list.value = networks
      protocols.value = presets
      samples.value = stimuli
    })
  }

  /** @returns whether it is gone */
  async function remove(name: string): Promise<boolean> {
    const answer = await messages.attempt(`Removing ${name}`, () => rpc.call('networks.remove', { name }))
    return answer !== undefined
  }

  /** @returns whether it is saved */
  async function saveCard(name: string, path: string): Promise<boolean> {
    const answer = await messages.attempt(`Saving the card of ${name}`, () => rpc.call('networks.saveCard', { name, path }))
    if (answer) messages.say('success', `The card of ${name} is saved as ${answer.path}.`)
    return answer !== undefined
  }

  onScopeDispose(rpc.on('changed', (event) => void (event.what === 'networks' && refresh())))
  onScopeDispose(rpc.onState((state) => void (state === 'open' && refresh())))
  void refresh()
  return { list, byName, protocols, samples, refresh, remove, saveCard }
})
