import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref } from 'vue'
import { togetherAtMost } from '../../src-main/domain/together.ts'
import type { RunState, RunSummary } from '../../src-main/domain/run.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useStored } from './useStored.ts'
import { useMessages } from './messages.ts'

const waitingStates: readonly RunState[] = ['planned', 'running', 'paused', 'interrupted']

/** All runs of the project, and what can be done to one. */
export const useRuns = defineStore('runs', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const { value: list, loaded, refresh } = useStored<RunSummary[]>('runs', () => [], (r) => r.call('runs.list', {}))
  const byId = computed(() => new Map(list.value.map((r) => [r.id, r])))
  /** In the order they will be worked on: those at work first. */
  const queue = computed(() =>
    list.value
      .filter((r) => waitingStates.includes(r.state))
      .sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running') || a.id - b.id),
  )

  /** How many runs are made at once, where they can be. */
  const atOnce = ref(togetherAtMost)
  void askAtOnce()
  // It may be another program by now: the setting lasts as long as the program does.
  onScopeDispose(rpc.onState((state) => void (state === 'open' && askAtOnce())))

  const cancel = (id: number): Promise<unknown> => messages.attempt('Cancelling the run', () => rpc.call('runs.cancel', { id }))
  const pause = (id: number): Promise<unknown> => messages.attempt('Pausing the run', () => rpc.call('runs.pause', { id }))
  const resume = (id: number): Promise<unknown> => messages.attempt('Resuming the run', () => rpc.call('runs.resume', { id }))

  async function askAtOnce(): Promise<void> {
    const answer = await messages.attempt('Asking how many runs are made at once', () => rpc.call('runs.atOnce', {}))
    if (answer) atOnce.value = answer.runs
  }

  async function setAtOnce(runs: number): Promise<void> {
    await messages.attempt('Setting how many runs are made at once', () => rpc.call('runs.setAtOnce', { runs }))
    await askAtOnce()
  }

  /** Make the cochleagram of a run audible. @returns the new run, in the list already; null when it was refused */
  async function invert(id: number): Promise<number | null> {
    const answer = await messages.attempt('Making it audible', () => rpc.call('runs.invert', { id }))
    if (!answer) return null
    await refresh()
    return answer.runId
  }

  /** For good. @returns whether they went */
  const remove = async (runIds: number[]): Promise<boolean> => (await messages.attempt('Removing runs', () => rpc.call('runs.remove', { runIds }))) !== undefined

  /** Write the given runs as a stimulus set and tell where it is. */
  async function exportTo(runIds: number[], folder: string): Promise<boolean> {
    const written = await messages.attempt('Exporting', () => rpc.call('export.stimulusSet', { runIds, folder }))
    if (!written) return false
    const runs = runIds.length === 1 ? '1 run' : `${runIds.length} runs`
    messages.say('success', `Exported ${runs} as ${written.files} files to ${written.folder}`)
    return true
  }

  return { list, byId, loaded, queue, atOnce, refresh, setAtOnce, cancel, pause, resume, invert, remove, exportTo }
})
