import { ref, type Ref } from 'vue'
import { nativeDialogs, type MetamerShell } from './shell.ts'

/**
 * Ask for a path on the host's disk: by the system's own dialog under Electron, else by one of ours, to be shown while `open`.
 *
 * @param native  asks by the system's; null when it was dismissed
 * @param take    gets what was chosen, by either; ours stays open when it answers false
 */
export function useAskForPath(
  native: (dialogs: MetamerShell) => Promise<string | null>,
  take: (path: string) => unknown,
): { open: Ref<boolean>; ask(): Promise<void>; chosen(path: string): Promise<void> } {
  const open = ref(false)
  return {
    open,
    async ask() {
      const dialogs = nativeDialogs()
      if (!dialogs) {
        open.value = true
        return
      }
      const path = await native(dialogs)
      if (path !== null) await take(path)
    },
    async chosen(path) {
      if ((await take(path)) !== false) open.value = false
    },
  }
}
