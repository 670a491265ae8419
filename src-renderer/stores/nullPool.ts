import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { useRpc } from '../composables/useRpc.ts'
import { onProjectChange } from './onProjectChange.ts'

/** A pool as far as it was looked at: how many stimuli it has for a network, or why none can be made of it. */
export interface CountedPool {
  network: string
  poolFolder: string
  stimuli: number | null
  problem: string | null
}

/** Counts a pool before a null distribution is made of it. */
export const useNullPool = defineStore('nullPool', () => {
  const rpc = useRpc()
  const counted = shallowRef<CountedPool | null>(null)
  const counting = ref(false)
  /** The last one that was asked for: an answer to an earlier one comes too late. */
  let asked = ''

  /** What is known of the pool goes while it is looked at. */
  async function count(network: string, poolFolder: string): Promise<void> {
    const key = JSON.stringify([network, poolFolder])
    asked = key
    counted.value = null
    counting.value = network !== '' && poolFolder !== ''
    if (!counting.value) return
    const answer = await rpc.call('nulls.pool', { network, poolFolder }).then(
      ({ stimuli }) => ({ stimuli, problem: null }),
      (error: unknown) => ({ stimuli: null, problem: error instanceof Error ? error.message : String(error) }),
    )
    if (asked !== key) return
    counting.value = false
    counted.value = { network, poolFolder, ...answer }
  }

  onProjectChange(() => (counted.value = null))
  return { counted, counting, count }
})
