import { watch } from 'vue'
import { useProject } from './project.ts'

/**
 * Call back when another project is opened: ids of the last one mean other things in it. Not when the same one comes back, as after a lost
 * connection. Call it in a store's setup.
 */
export function onProjectChange(forget: () => void): void {
  const project = useProject()
  watch(() => project.current?.path, forget)
}
