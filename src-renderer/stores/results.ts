import { defineStore } from 'pinia'
import { computed, onScopeDispose, reactive, ref, shallowReactive, shallowRef, watch } from 'vue'
import type { Figure, FigureFormat, FigureRequest, ListedSet, MatrixMeasure, ResultsFigureKind, RunSet } from '../../src-main/domain/figure.ts'
import type { JudgementJob, RecognitionRule, RecognitionStandard } from '../../src-main/domain/recognition.ts'
import type { Params } from '../../src-main/rpc/contract/methods.ts'
import { coalesce } from '../composables/coalesce.ts'
import { saveFile } from '../composables/saveFile.ts'
import { useRpc } from '../composables/useRpc.ts'
import { useFigureSaving } from './figureSaving.ts'
import { useMessages } from './messages.ts'
import { useRunDetail } from './runDetail.ts'
import { useRuns } from './runs.ts'
import { onProjectChange } from './onProjectChange.ts'
import { useStored } from './useStored.ts'

/** What is drawn of many runs: which set, which figure, and the figure itself. */
export const useResults = defineStore('results', () => {
  const rpc = useRpc()
  const messages = useMessages()
  const runs = useRuns()
  const files = useFigureSaving()
  const { size } = files
  const { value: sets, loaded } = useStored<ListedSet[]>('runs', () => [], (r) => r.call('sets.list', {}))
  const live = shallowReactive(new Map<number, JudgementJob>())
  const jobs = computed(() => [...live.values()].sort((a, b) => b.jobId - a.jobId))

  const chosenKey = ref('')
  const chosen = computed(() => sets.value.find((set) => keyOf(set) === chosenKey.value) ?? sets.value[0] ?? null)
  const kind = ref<ResultsFigureKind>('matrix')
  const options = reactive({
    includedOnly: false,
    measure: 'rho' as MatrixMeasure,
    rule: 'all' as RecognitionRule,
    standard: 'reference' as RecognitionStandard,
    layer: '',
    counts: 'log' as 'linear' | 'log',
    runId: 0,
    /** Of the matrix: one run alone; 0: all metamers. */
    matrixRun: 0,
    /** Of the activations of one run; any stage of its network. */
    stage: '',
    channel: '' as number | '',
  })

  /** Finished runs of the set, to look at one by one. */
  const ownRuns = computed(() => runs.list.filter((run) => run.state === 'finished' && run.inverts === null && chosen.value !== null && keyOf({ ...run, protocol: run.protocol.name }) === keyOf(chosen.value)))
  const run = computed(() => ownRuns.value.find(({ id }) => id === options.runId) ?? ownRuns.value[0] ?? null)

  const request = computed<FigureRequest | null>(() => {
    if (!chosen.value) return null
    const { network, networkHash, protocol, layers } = chosen.value
    const set: RunSet = { network, networkHash, protocol }
    const { includedOnly, measure, rule, standard, counts } = options
    switch (kind.value) {
      case 'matrix':
        return ownRuns.value.some(({ id }) => id === options.matrixRun) ? { kind: 'matrix', set, runIds: [options.matrixRun], includedOnly: false, measure } : { kind: 'matrix', set, includedOnly, measure }
      case 'recognition':
        return { kind: 'recognition', set, includedOnly, rule, standard }
      case 'histogram':
        return { kind: 'histogram', set, layer: layers.includes(options.layer) ? options.layer : layers[0]!, counts }
      case 'relu':
        return { kind: 'relu', set }
      case 'scatter':
        return run.value && { kind: 'scatter', run: run.value.id, layer: options.stage || run.value.layer }
      case 'errorMap':
        return run.value && { kind: 'errorMap', run: run.value.id, layer: options.stage || run.value.layer, channel: options.channel === '' ? null : options.channel }
    }
  })

  const figure = shallowRef<Figure | null>(null)
  /** Why there is nothing to see, in a sentence that says what to do. */
  const nothing = ref<string | null>(null)

  /** The metamers of a bar that was pointed at; empty: all. What is no longer drawn is no longer pointed at. */
  const pointed = ref<number[]>([])
  watch(request, () => (pointed.value = []))
  const selected = useRunDetail()
  function pointAt(ids: number[]): void {
    pointed.value = ids
    if (ids[0] !== undefined) selected.selectedId = ids[0]
  }

  /** Drawing costs the program something: only while somebody looks. */
  const shown = ref(false)
  const draw = coalesce(async () => {
    const asked = request.value
    if (!shown.value) return
    if (!asked) {
      figure.value = null
      return
    }
    try {
      figure.value = await rpc.call('figures.draw', { request: asked, size: { ...size } })
      nothing.value = null
    } catch (error) {
      figure.value = null
      nothing.value = error instanceof Error ? error.message : String(error)
    }
  })
  watch([shown, request, () => ({ ...size })], () => void draw())
  onScopeDispose(rpc.on('changed', ({ what }) => void ((what === 'recognitions' || what === 'nulls') && draw())))
  onScopeDispose(
    rpc.on('judgementProgress', (job) => {
      live.set(job.jobId, job)
      if (job.error) messages.say('error', job.error.message, 'Judging metamers')
    }),
  )
  onProjectChange(() => {
    live.clear()
    chosenKey.value = ''
    options.stage = ''
  })
  // Another network has other stages.
  watch(() => chosen.value?.network, () => (options.stage = ''))

  /** How often the judges were asked for, where there is nothing without them. */
  const judgesWanted = ref(0)
  const showJudges = (): void => void judgesWanted.value++

  const save = async (format: FigureFormat): Promise<unknown> => request.value && files.save(request.value, format)
  const report = (asked: Params<'report.make'>): Promise<unknown> => messages.attempt('Making the report', async () => saveFile(await rpc.call('report.make', asked)))
  const wholeTable = (onlyIncluded: boolean): Promise<unknown> =>
    messages.attempt('Saving the table', async () => saveFile(await rpc.call('judgements.tableFile', { includedOnly: onlyIncluded })))
  const judge = (judges: string[]): Promise<unknown> => messages.attempt('Judging metamers', () => rpc.call('judgements.start', { judges }))
  const cancel = (jobId: number): Promise<unknown> => messages.attempt('Stopping the judges', () => rpc.call('judgements.cancel', { jobId }))

  return { sets, loaded, ownRuns, run, chosen, chosenKey, kind, options, shown, figure, nothing, pointed, pointAt, judgesWanted, showJudges, jobs, save, report, wholeTable, judge, cancel }
})

export function keyOf({ network, networkHash, protocol }: RunSet): string {
  return JSON.stringify([network, networkHash, protocol])
}
