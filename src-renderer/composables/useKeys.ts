import { onBeforeUnmount, onMounted } from 'vue'

/** True where a key press belongs to the element itself: typing, or pressing a button with Space. */
export function keyBelongsTo(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, button, a, [role="button"], dialog') !== null
}

/** Listen for keys on the whole window while the component lives. */
export function useKeys(type: 'keydown' | 'keyup', listener: (event: KeyboardEvent) => void): void {
  onMounted(() => window.addEventListener(type, listener))
  onBeforeUnmount(() => window.removeEventListener(type, listener))
}
