import { usePreferredDark } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'

const names = ['ink', 'ink-2', 'ink-3', 'line', 'line-strong', 'surface', 'reference', 'metamer', 'null', 'null-mark', 'accent', 'accent-soft', 'focus'] as const
export type Tokens = Record<(typeof names)[number], string>

/** The design's colours as values, for canvases; read again when the system turns light or dark. */
export function useTokens(): ComputedRef<Tokens> {
  const dark = usePreferredDark()
  return computed(() => {
    void dark.value
    const style = getComputedStyle(document.documentElement)
    return Object.fromEntries(names.map((n) => [n, style.getPropertyValue(`--${n}`).trim() || '#888'])) as Tokens
  })
}
