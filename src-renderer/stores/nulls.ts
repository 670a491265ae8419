import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowReactive, watch } from 'vue'
import type { NullJob } from '../../src-main/domain/run.ts'
import type { ListedNull, Params, Results } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useStored } from './useStored.ts'
import { useMessages } from './messages.ts'

/** A network as a run or a null distribution knows it: other weights make another network. */
export type NetworkKey = Pick<ListedNull, 'network' | 'networkHash'>
export type NullKey = NetworkKey & Pick<ListedNull, 'layer'>

/** Stored null distributions and the jobs that make them. */
export const useNulls = defineStore('nulls', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const { value: stored, loaded, refresh } = useStored<Results['nulls.list']>('nulls', () => ({ nulls: [], jobs: [] }), (r) => r.call('nulls.list', {}))
  /** What the form for a new one starts with. */
  const wantedNetwork = ref('')
  const live = shallowReactive(new Map<number, NullJob>())

  const list = computed(() => stored.value.nulls)
  const jobs = computed(() => {
    const known = new Map(stored.value.jobs.map((j) => [j.jobId, j]))
    // A report that was overtaken by the job's end does not bring it back.
    for (const [jobId, job] of live) if ((known.get(jobId)?.state ?? 'running') === 'running') known.set(jobId, job)
    return [...known.values()].sort((a, b) => b.jobId - a.jobId)
  })

  const maximaOf = (network: NetworkKey): Map<string, number> =>
    new Map(list.value.filter((n) => isOfNetwork(n, network)).map((n) => [n.layer, n.maximum]))
  const find = (key: NullKey): ListedNull | null => list.value.find((n) => isOfNetwork(n, key) && n.layer === key.layer) ?? null

  const start = (params: Params<'nulls.start'>): Promise<{ jobId: number } | undefined> =>
    messages.attempt('Starting the null distribution', () => rpc.call('nulls.start', params))
  const cancel = (jobId: number): Promise<unknown> =>
    messages.attempt('Cancelling the null distribution', () => rpc.call('nulls.cancel', { jobId }))
  const dismiss = (jobIds: number[]): Promise<unknown> => messages.attempt('Dismissing null distributions', () => rpc.call('nulls.dismiss', { jobIds }))
  const remove = (id: number): Promise<unknown> => messages.attempt('Removing the null distribution', () => rpc.call('nulls.remove', { id }))
  const histogram = ({ network, networkHash, layer }: NullKey): Promise<Results['nulls.histogram'] | undefined> =>
    messages.attempt('Reading the null distribution', () => rpc.call('nulls.histogram', { network, networkHash, layer }))

  // What has just been read tells how those that are over ended, or that they were dismissed.
  watch(stored, () => live.forEach(({ state }, jobId) => state !== 'running' && live.delete(jobId)))
  onScopeDispose(rpc.on('nullProgress', (job) => void live.set(job.jobId, job)))
  return { list, jobs, loaded, wantedNetwork, refresh, maximaOf, find, start, cancel, dismiss, remove, histogram }
})

export function isOfNetwork(own: NetworkKey, { network, networkHash }: NetworkKey): boolean {
  return own.network === network && own.networkHash === networkHash
}
