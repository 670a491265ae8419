import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Events } from '../../src-main/rpc/contract/methods.ts'
import { useMessages } from './messages.ts'
import { useProject } from './project.ts'
import { coalesce } from '../composables/coalesce.ts'
import { useRpc, type Rpc } from '../composables/useRpc.ts'

export interface Stored<T> {
  value: ShallowRef<T>
  /** False until the first answer has arrived. */
  loaded: Ref<boolean>
  refresh: () => Promise<void>
}

/**
 * Show what the open project holds of one kind, and keep it current: asked for again on each change event, when another
 * project is opened, and when the connection comes back. Call it in a store's setup.
 *
 * @param empty  what is shown while no project is open
 */
export function useStored<T>(what: Events['changed']['what'], empty: () => T, load: (rpc: Rpc) => Promise<T>): Stored<T> {
  const rpc = useRpc()
  const project = useProject()
  const messages = useMessages()
  const value = shallowRef(empty()) as ShallowRef<T>
  const loaded = ref(false)

  const refresh = coalesce(async () => {
    const path = project.present
    if (path === undefined) {
      value.value = empty()
      loaded.value = false
      return
    }
    const answer = await messages.attempt(`Reading the ${what} of the project`, () => load(rpc))
    // Another project may have been opened while this one answered.
    if (answer === undefined || project.present !== path) return
    value.value = answer
    loaded.value = true
  })

  watch(() => project.present, () => void refresh(), { immediate: true })
  onScopeDispose(rpc.on('changed', (event) => void (event.what === what && refresh())))
  onScopeDispose(rpc.onState((state) => void (state === 'open' && refresh())))
  return { value, loaded, refresh }
}
