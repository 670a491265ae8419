import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
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
  /** Why the open one cannot be written; null where it can. */
  const readOnlyReason = computed(() => current.value?.readOnlyReason ?? null)
  /** False from the moment another project is opened, here or in another window, until this one knows which. */
  const fresh = ref(false)
  /** The path of the open project, by which answers are told from those of another; none while that is not known. */
  const present = computed(() => (fresh.value ? current.value?.path : undefined))

  async function refresh(): Promise<void> {
    await messages.attempt('Asking for the open project', async () => {
      arrive(await rpc.call('project.current', {}))
      recent.value = await rpc.call('project.recent', {})
    })
  }

  /** Whether this window itself is opening one. */
  let entering = false

  function arrive(summary: ProjectSummary | null): void {
    const last = current.value
    if (!entering && last && summary && last.path !== summary.path) {
      messages.say('notice', `Another window, or the menu, has opened "${summary.name}". What was at work in "${last.name}" is paused there; open it again to go on.`)
    }
    current.value = summary
    known.value = true
    fresh.value = true
  }

  async function open(path: string): Promise<boolean> {
    return enter(`Opening ${path}`, () => rpc.call('project.open', { path }))
  }

  async function create(path: string): Promise<boolean> {
    return enter(`Creating ${path}`, () => rpc.call('project.create', { path }))
  }

  /** @returns whether it is written */
  async function saveCopy(path: string): Promise<boolean> {
    const answer = await messages.attempt(`Saving a copy as ${path}`, () => rpc.call('project.saveCopy', { path }))
    if (answer) messages.say('success', `A copy of the project is saved as ${answer.path}. The project itself stays open.`)
    return answer !== undefined
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

  async function enter(doing: string, action: () => Promise<ProjectSummary>): Promise<boolean> {
    entering = true
    const summary = await messages.attempt(doing, action)
    if (summary) arrive(summary)
    entering = false
    if (!summary) return false
    if (summary.olderCopy) messages.say('notice', `${summary.name} was of an older version and is now of the newest. As it was, for an older program, it is kept as ${summary.olderCopy}.`)
    void refresh()
    return true
  }

  function ask(): void {
    fresh.value = false
    void refresh()
  }
  onScopeDispose(rpc.on('changed', (event) => void (event.what === 'project' && ask())))
  onScopeDispose(rpc.onState((state) => void (state === 'open' && ask())))
  void refresh()
  return { current, readOnlyReason, present, recent, known, refresh, open, create, saveCopy, createWithSamples }
})

/** A name that says when, so that it never meets an older one. */
function freeName(now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
  return `Sample project ${stamp}.metamer`
}
