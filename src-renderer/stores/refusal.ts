import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import { useMessages, type Message } from './messages.ts'

export interface Refusal {
  /** Why the last action failed. */
  refusal: ComputedRef<string | null>
  /** Do something, and take over the errors that are said meanwhile. */
  watching: (action: () => unknown) => Promise<void>
  /** They have been read. */
  hush: () => void
}

/** For a dialog, which lies before the messages: it shows itself why what it asked for failed. Call it in a component's setup. */
export function useRefusal(): Refusal {
  const messages = useMessages()
  const said = shallowRef<Message[]>([])

  async function watching(action: () => unknown): Promise<void> {
    const before = new Set(messages.list.map(({ id }) => id))
    await action()
    said.value = messages.list.filter(({ id, tone }) => tone === 'error' && !before.has(id))
  }

  function hush(): void {
    for (const { id } of said.value) messages.dismiss(id)
    said.value = []
  }

  onScopeDispose(hush)
  return { refusal: computed(() => said.value.at(-1)?.text ?? null), watching, hush }
}
