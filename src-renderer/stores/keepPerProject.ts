import { watch } from 'vue'
import { useProject } from './project.ts'

/**
 * Keep what a person has set over a reload of the page, for each project apart, until the window is closed. Call it in a store's setup.
 *
 * @param read     plain data
 * @param restore  gets what was kept, perhaps by an older version of the program
 * @param ready    whether it can be restored yet
 */
export function keepPerProject<T>(name: string, read: () => T, restore: (kept: Partial<T>) => void, ready: () => boolean): void {
  const project = useProject()
  const placeOf = (path: string): string => `${name} of ${path}`
  let restored: string | undefined

  watch(
    () => (ready() ? project.present : undefined),
    (path) => {
      if (path === undefined || path === restored) return
      restored = path
      const kept = sessionStorage.getItem(placeOf(path))
      if (kept !== null) restore(JSON.parse(kept) as Partial<T>)
    },
    { immediate: true },
  )
  watch(read, (value) => {
    if (restored !== undefined && project.present === restored) sessionStorage.setItem(placeOf(restored), JSON.stringify(value))
  }, { deep: true })
}
