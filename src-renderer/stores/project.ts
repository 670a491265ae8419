import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { ProjectSummary } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useMessages } from './messages.ts'
import { joinPath } from './prepare/paths.ts'

/** The open project file, and those opened lately. */
export const useProject = defineStore('project', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const current = shallowRef<ProjectSummary | null>(null)
  const recent = shallowRef<{ folder: string; paths: string[] }>({ folder: '', paths: [] })
  /** False until the program has said whether a project is open. */
  const known = ref(false)

  async function refresh(): Promise<void> {
    await messages.attempt('Asking for the open project', async () => {
      current.value = await rpc.call('project.current', {})
      recent.value = await rpc.call('project.recent', {})
      known.value = true
    })
  }

  async function open(path: string): Promise<boolean> {
    return enter(`Opening ${path}`, () => rpc.call('project.open', { path }))
  }

  async function create(path: string): Promise<boolean> {
    return enter(`Creating ${path}`, () => rpc.call('project.create', { path }))
  }

  /** Make a project in the usual folder and put every sample stimulus into it. */
  async function createWithSamples(now: Date): Promise<boolean> {
    const folder = await messages.attempt('Looking for a folder', usualFolder)
    if (folder === undefined || !(await create(joinPath(folder, freeName(now))))) return false
    await messages.attempt('Adding the samples', async () => {
      for (const sample of await rpc.call('samples.list', {})) await rpc.call('samples.add', { name: sample.name })
    })
    return true
  }

  /** The folder new projects go to, or the home folder on a machine that has none such. */
  async function usualFolder(): Promise<string> {
    const home = () => rpc.call('folders.list', { path: '' })
    return (await rpc.call('folders.list', { path: recent.value.folder }).catch(home)).path
  }

  async function enter(doing: string, ask: () => Promise<ProjectSummary>): Promise<boolean> {
    const summary = await messages.attempt(doing, ask)
    if (!summary) return false
    current.value = summary
    known.value = true
    void refresh()
    return true
  }

  onScopeDispose(rpc.on('changed', (event) => void (event.what === 'project' && refresh())))
  onScopeDispose(rpc.onState((state) => void (state === 'open' && refresh())))
  void refresh()
  return { current, recent, known, refresh, open, create, createWithSamples }
})

/** A name that says when, so that it never meets an older one. */
function freeName(now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
  return `Sample project ${stamp}.metamer`
}
