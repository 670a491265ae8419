import { getCurrentInstance, onBeforeUnmount, onMounted } from 'vue'

/** True where a key press belongs to the element itself: typing, or pressing a button with Space. */
export function keyBelongsTo(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, button, a, [role="button"], dialog') !== null
}

/** Listen for keys on the whole window while the component lives. Keys are pressed only for what can be seen; they are let go for all. */
export function useKeys(type: 'keydown' | 'keyup', listener: (event: KeyboardEvent) => void): void {
  const component = getCurrentInstance()?.proxy
  const heard = (event: KeyboardEvent): void => {
    if (type === 'keyup' || isSeen(component?.$el as Node | undefined)) listener(event)
  }
  onMounted(() => window.addEventListener(type, heard))
  onBeforeUnmount(() => window.removeEventListener(type, heard))
}

/** False inside a view that is hidden. A component of several elements begins with a text. */
function isSeen(node: Node | null | undefined): boolean {
  const element = node instanceof Element ? node : node?.parentElement
  return element?.checkVisibility?.() ?? true
}
