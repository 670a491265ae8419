// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { useRunDetail } from '../../../../src-renderer/stores/runDetail.ts'
import { layOut, useRunFilters } from '../../../../src-renderer/stores/runFilters.ts'
import { useRunProgress } from '../../../../src-renderer/stores/runProgress.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import type { RunSummary, SynthesisProgress } from '../../../../src-main/domain/run.ts'
import { detailOf, finished, run } from '../../../helpers/fakeLab/data.ts'
import { createGate } from '../../../helpers/gate.ts'
import { settle, withStores } from './withStores.ts'

const progress = (runId: number, update: number): SynthesisProgress => ({ runId, update, updates: 500, loss: 100 - update, firstLoss: 100, updatesPerSecond: 10, remainingS: 1, preview: null })

describe('runs', () => {
  it('asks again when runs have changed, and once more at most while it asks', async () => {
    const rpc = withStores()
    useRuns()
    await settle()
    const before = rpc.calls.filter((c) => c.method === 'runs.list').length
    for (let i = 0; i < 50; i++) rpc.emit('changed', { what: 'runs', ids: [1] })
    await settle()
    expect(rpc.calls.filter((c) => c.method === 'runs.list').length - before).toBe(2)
  })

  it('asks again when the connection comes back', async () => {
    const rpc = withStores()
    useRuns()
    await settle()
    rpc.calls.length = 0
    rpc.setState('closed')
    rpc.setState('open')
    await settle()
    expect(rpc.calls.map((c) => c.method)).toContain('runs.list')
  })

  it('says how many are made at once, sets it, and asks again when the connection comes back', async () => {
    let atOnce = 3
    const rpc = withStores({ 'runs.atOnce': () => ({ runs: atOnce }), 'runs.setAtOnce': ({ runs }) => ((atOnce = runs), null) })
    const runs = useRuns()
    await settle()
    expect(runs.atOnce).toBe(3)
    await runs.setAtOnce(1)
    expect([runs.atOnce, atOnce]).toEqual([1, 1])
    atOnce = 8
    rpc.setState('closed')
    rpc.setState('open')
    await settle()
    expect(runs.atOnce).toBe(8)
  })

  it('puts the running one first in the queue', async () => {
    withStores({ 'runs.list': () => [finished(1, 'included'), run(2), run(3, { state: 'running' }), run(4, { state: 'interrupted' })] })
    const runs = useRuns()
    await settle()
    expect(runs.queue.map((r) => r.id)).toEqual([3, 2, 4])
  })

  it('tells the folder after an export', async () => {
    withStores({ 'export.stimulusSet': () => ({ folder: '/out/set', files: 6 }) })
    expect(await useRuns().exportTo([1, 2], '/out')).toBe(true)
    expect(useMessages().list.at(-1)?.text).toBe('Exported 2 runs as 6 files to /out/set')
  })
})

describe('runDetail', () => {
  const handlers = (list: () => RunSummary[]) => ({
    'runs.list': list,
    'runs.detail': ({ id }: { id: number }) => detailOf(list().find((r) => r.id === id)!),
    'runs.signal': () => ({ fileName: 'x.png', mimeType: 'image/png' as const, bytes: Uint8Array.of(1) }),
    'runs.cochleagrams': () => null,
  })

  it('fetches signals only when the run is finished, and then by itself', async () => {
    let list = [run(1, { state: 'running' })]
    const rpc = withStores(handlers(() => list))
    const detail = useRunDetail()
    await settle()
    detail.selectedId = 1
    await settle()
    expect(detail.signals).toBeNull()
    list = [finished(1, 'included')]
    rpc.emit('changed', { what: 'runs', ids: [1] })
    await settle()
    expect(detail.detail?.judgement).not.toBeNull()
    expect(detail.signals?.metamer.bytes).toEqual(Uint8Array.of(1))
  })

  it('does not show a late answer for another run', async () => {
    const late = createGate()
    const list = [finished(1, 'included'), finished(2, 'excluded')]
    withStores({
      ...handlers(() => list),
      'runs.detail': async ({ id }) => {
        if (id === 1) await late.promise
        return detailOf(list[id - 1]!)
      },
    })
    const detail = useRunDetail()
    await settle()
    detail.selectedId = 1
    await nextTick()
    detail.selectedId = 2
    await settle()
    late.resolve()
    await settle()
    expect(detail.detail?.id).toBe(2)
  })
})

describe('runProgress', () => {
  it('collects the loss, and starts over where a resumed run went back', async () => {
    const rpc = withStores()
    const store = useRunProgress()
    for (const update of [10, 20, 30, 15]) rpc.emit('progress', progress(1, update))
    // A report after 10 updates holds the loss before the last of them, update 9; the first loss is known from the start.
    expect(store.curves.get(1)).toEqual({ update: [0, 9, 14], loss: [100, 90, 85] })
  })

  it('never holds more than 4,000 points of a long run', () => {
    const rpc = withStores()
    const store = useRunProgress()
    for (let update = 0; update < 9000; update++) rpc.emit('progress', progress(1, update))
    expect(store.curves.get(1)!.update.length).toBeLessThanOrEqual(4000)
    expect(store.curves.get(1)!.update.at(-1)).toBe(8998)
  })

  it('keeps the last preview when a report has none', () => {
    const rpc = withStores()
    const store = useRunProgress()
    const preview = { kind: 'image' as const, height: 1, width: 1, rgb: Uint8Array.of(1, 2, 3) }
    rpc.emit('progress', { ...progress(1, 1), preview })
    rpc.emit('progress', progress(1, 2))
    expect(store.previews.get(1)).toEqual(preview)
  })

  it('tells no speed of a paused run, but keeps its curve', async () => {
    let list = [run(1, { state: 'running' })]
    const rpc = withStores({ 'runs.list': () => list })
    const store = useRunProgress()
    await settle()
    rpc.emit('progress', progress(1, 5))
    list = [run(1, { state: 'paused' })]
    rpc.emit('changed', { what: 'runs', ids: [1] })
    await settle()
    expect(store.latest.has(1)).toBe(false)
    expect(store.curves.has(1)).toBe(true)
  })

  it('forgets a run that was removed', async () => {
    let list = [run(1, { state: 'running' }), run(2, { state: 'running' })]
    const rpc = withStores({ 'runs.list': () => list })
    const store = useRunProgress()
    await settle()
    for (const id of [1, 2]) rpc.emit('progress', progress(id, 5))
    list = [run(2, { state: 'running' })]
    rpc.emit('changed', { what: 'runs', ids: [1] })
    await settle()
    expect([...store.curves.keys(), ...store.latest.keys()]).toEqual([2, 2])
  })

  it('forgets a run when it is finished, even if one report comes late', async () => {
    let list = [run(1, { state: 'running' })]
    const rpc = withStores({ 'runs.list': () => list })
    const store = useRunProgress()
    await settle()
    rpc.emit('progress', progress(1, 1))
    list = [finished(1, 'included')]
    rpc.emit('changed', { what: 'runs', ids: [1] })
    await settle()
    rpc.emit('progress', progress(1, 2))
    expect(store.latest.size).toBe(0)
    expect(store.curves.size).toBe(0)
  })
})

describe('runFilters', () => {
  const list = [
    finished(1, 'included', { layer: 'block4' }),
    finished(2, 'excluded', { layer: 'stem' }),
    finished(3, 'included', { network: 'word-cnn-aliased', layer: 'conv_1', referenceId: 4 }),
    run(4, { layer: 'stem' }),
  ]

  it('lays rows out from early to late layers', () => {
    const blocks = layOut(list, (network) => (network === 'efficientnet-lite0' ? ['stem', 'block4'] : ['conv_1']))
    expect(blocks.map((b) => [b.network, b.rows.map((r) => [r.layer, r.runs.map((x) => x.id)])])).toEqual([
      ['efficientnet-lite0', [['stem', [2, 4]], ['block4', [1]]]],
      ['word-cnn-aliased', [['conv_1', [3]]]],
    ])
  })

  it('combines filters of different kinds by and, of the same kind by or', async () => {
    withStores({ 'runs.list': () => list })
    const filters = useRunFilters()
    await settle()
    filters.toggle('verdict', 'included')
    expect(filters.shown.map((r) => r.id)).toEqual([1, 3])
    filters.toggle('verdict', 'excluded')
    filters.toggle('network', 'efficientnet-lite0')
    expect(filters.shown.map((r) => r.id)).toEqual([1, 2])
  })

  it('drops a layer filter that the chosen network does not have', async () => {
    withStores({ 'runs.list': () => list })
    const filters = useRunFilters()
    await settle()
    filters.toggle('layer', 'conv_1')
    filters.toggle('network', 'efficientnet-lite0')
    expect(filters.wanted.layer).toEqual([])
    expect(filters.shown).toHaveLength(3)
  })

  it('chooses what neither waits nor is at work, and lets go of what was removed or is in the queue again', async () => {
    let now = [...list, run(5, { state: 'failed' }), run(6, { state: 'paused' })]
    const rpc = withStores({ 'runs.list': () => now })
    const filters = useRunFilters()
    await settle()
    filters.chooseShown()
    expect(filters.chosen).toEqual([1, 2, 3, 5, 6])
    now = [list[0]!, list[2]!, run(5, { state: 'failed' }), run(6)]
    rpc.emit('changed', { what: 'runs', ids: [2, 6] })
    await settle()
    expect(filters.chosen).toEqual([1, 3, 5])
    expect(filters.exportable).toEqual([1, 3])
  })

  it('exports only finished runs', async () => {
    withStores({ 'runs.list': () => list })
    const filters = useRunFilters()
    await settle()
    filters.chosen = [1, 4]
    expect(filters.exportable).toEqual([1])
  })
})
