import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { RunDetail } from '../../src-main/domain/run.ts'
import type { CochleagramPicture } from '../../src-main/domain/stimulus.ts'
import type { Results } from '../../src-main/rpc/contract/methods.ts'
import { useRpc } from '../composables/useRpc.ts'
import { keepPerProject } from './keepPerProject.ts'
import { useMessages } from './messages.ts'
import { onProjectChange } from './onProjectChange.ts'
import { useRuns } from './runs.ts'

export interface RunSignals {
  reference: Results['runs.signal']
  metamer: Results['runs.signal']
}

/** The run that is looked at, with everything stored about it. */
export const useRunDetail = defineStore('runDetail', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const runs = useRuns()
  const selectedId = ref<number | null>(null)
  const detail = shallowRef<RunDetail | null>(null)
  const signals = shallowRef<RunSignals | null>(null)
  const cochleagrams = shallowRef<{ reference: CochleagramPicture; metamer: CochleagramPicture } | null>(null)
  const summary = computed(() => (selectedId.value === null ? null : (runs.byId.get(selectedId.value) ?? null)))

  watch(() => [selectedId.value, summary.value?.state, summary.value?.verdict?.reason], () => void load())
  watch(() => runs.list, leaveWhatIsGone)
  onProjectChange(() => {
    selectedId.value = null
    clear()
  })

  keepPerProject(
    'selected run',
    () => ({ id: selectedId.value }),
    ({ id }) => {
      if (id && runs.byId.has(id)) selectedId.value ??= id
    },
    () => runs.loaded,
  )

  async function load(): Promise<void> {
    const id = selectedId.value
    if (detail.value?.id !== id) clear()
    if (id === null) return
    await messages.attempt('Reading the run', async () => {
      const answer = await rpc.call('runs.detail', { id })
      const media = answer.state === 'finished' && !signals.value ? await loadMedia(id, answer.kind) : null
      // Another run may have been chosen meanwhile.
      if (selectedId.value !== id) return
      if (media) {
        signals.value = media.signals
        cochleagrams.value = media.cochleagrams
      }
      detail.value = answer
    })
  }

  async function loadMedia(id: number, kind: RunDetail['kind']) {
    const [reference, metamer, pictures] = await Promise.all([
      rpc.call('runs.signal', { id, which: 'reference' }),
      rpc.call('runs.signal', { id, which: 'metamer' }),
      kind === 'audio' ? rpc.call('runs.cochleagrams', { id }) : null,
    ])
    return { signals: { reference, metamer }, cochleagrams: pictures }
  }

  function clear(): void {
    detail.value = null
    signals.value = null
    cochleagrams.value = null
  }

  function leaveWhatIsGone(): void {
    if (runs.loaded && selectedId.value !== null && !runs.byId.has(selectedId.value)) selectedId.value = null
  }

  return { selectedId, summary, detail, signals, cochleagrams, load }
})
