import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { keyBelongsTo, useKeys } from './useKeys.ts'

/** True while one of the keys is held down, outside of fields and buttons. Leaving the window releases it. */
export function useHeldKey(keys: readonly string[]): Ref<boolean> {
  const held = ref(false)
  const release = (): void => void (held.value = false)

  useKeys('keydown', (event) => {
    if (!keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || keyBelongsTo(event.target)) return
    event.preventDefault()
    held.value = true
  })
  useKeys('keyup', (event) => {
    if (keys.includes(event.key)) release()
  })
  onMounted(() => window.addEventListener('blur', release))
  onBeforeUnmount(() => window.removeEventListener('blur', release))
  return held
}
