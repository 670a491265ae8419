// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import type { Figure, ListedSet } from '../../../../src-main/domain/figure.ts'
import { UsageError } from '../../../../src-main/domain/errors.ts'
import ResultsView from '../../../../src-renderer/views/ResultsView.vue'
import { useProject } from '../../../../src-renderer/stores/project.ts'
import { useResults } from '../../../../src-renderer/stores/results.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { finished, networks } from '../../../helpers/fakeLab/data.ts'
import { withStores } from '../stores/withStores.ts'

const set: ListedSet = { network: 'efficientnet-lite0', networkHash: networks[0]!.weights.hash, protocol: 'quick look', kind: 'image', layers: ['stem', 'head'], finished: 8, included: 3 }
const figure: Figure = { name: 'f', title: 'A figure', caption: 'n = 8 metamers.', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', records: [] }

async function view(handlers: Handlers = {}) {
  const rpc = withStores({ 'sets.list': () => [set], 'figures.draw': () => figure, ...handlers })
  useProject()
  await flushPromises()
  const mounted = mount(ResultsView, { global: { plugins: [getActivePinia()!] }, attachTo: document.body })
  await flushPromises()
  const drawn = () => rpc.calls.filter(({ method }) => method === 'figures.draw').map(({ params }) => (params as { request: Record<string, unknown> }).request)
  return { rpc, mounted, drawn }
}

it('draws the matrix of the first set, with the caption under it', async () => {
  const { mounted, drawn } = await view()
  const { network, networkHash, protocol } = set
  expect(drawn()).toEqual([{ kind: 'matrix', set: { network, networkHash, protocol }, measure: 'rho', includedOnly: false }])
  expect(mounted.get('[data-test=figure] img').attributes('alt')).toBe('A figure')
  expect(mounted.get('figcaption').text()).toBe('n = 8 metamers.')
  expect(mounted.text()).toContain('8 metamers, 3 included, 2 layers.')
  mounted.unmount()
})

it('draws the matrix of one run alone', async () => {
  const { mounted, drawn } = await view({ 'runs.list': () => [finished(7, 'excluded'), finished(8, 'included')] })
  await mounted.get('[data-test=matrix-run]').setValue('7')
  await flushPromises()
  expect(drawn().at(-1)).toMatchObject({ kind: 'matrix', runIds: [7], includedOnly: false })
  expect(mounted.text()).not.toContain('included metamers only')
  await mounted.get('[data-test=matrix-run]').setValue('0')
  await flushPromises()
  expect(drawn().at(-1)).not.toHaveProperty('runIds')
  mounted.unmount()
})

it('draws another figure when it is chosen, and again when judges have named more', async () => {
  const { mounted, drawn, rpc } = await view()
  await mounted.findAll('.kinds button')[1]!.trigger('click')
  await mounted.get('[data-test=standard]').setValue('class')
  await vi.waitUntil(() => drawn().at(-1)?.['standard'] === 'class')
  await flushPromises()
  expect(drawn().at(-1)).toMatchObject({ kind: 'recognition', rule: 'all', standard: 'class' })
  const before = drawn().length
  rpc.emit('changed', { what: 'recognitions', ids: [] })
  await flushPromises()
  expect(drawn()).toHaveLength(before + 1)
  mounted.unmount()
  rpc.emit('changed', { what: 'recognitions', ids: [] })
  await flushPromises()
  expect(drawn()).toHaveLength(before + 1)
})

it('says what to do where there is nothing to draw', async () => {
  const { mounted } = await view({ 'figures.draw': () => { throw new UsageError('Have them named first.') } })
  expect(mounted.find('[data-test=figure]').exists()).toBe(false)
  expect(mounted.text()).toContain('Have them named first.')
  mounted.unmount()
})

it('saves what is shown, at the size that is asked for', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const { mounted, rpc } = await view({ 'figures.file': () => ({ fileName: 'f.svg', mimeType: 'image/svg+xml', bytes: Uint8Array.of(1) }) })
  useResults().size.widthMm = 86
  await mounted.get('[data-test=svg]').trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'figures.file')).toMatchObject({ params: { format: 'svg', size: { widthMm: 86, heightMm: 110, dpi: 300 } } })
  expect(click.mock.contexts[0]).toMatchObject({ download: 'f.svg' })
  click.mockRestore()
  mounted.unmount()
})

it('offers judges of the metamers\' kind, and shows how they come on', async () => {
  const { mounted, rpc } = await view({ 'judgements.start': () => ({ jobId: 1 }) })
  expect(mounted.findAll('.judges .list label').map((label) => label.text())).toEqual(['EfficientNet-Lite0'])
  await mounted.get('.judges input').setValue(true)
  await mounted.get('[data-test=judge]').trigger('click')
  await flushPromises()
  expect(rpc.calls.at(-1)).toEqual({ method: 'judgements.start', params: { judges: ['efficientnet-lite0'] } })
  rpc.emit('judgementProgress', { jobId: 1, judges: ['efficientnet-lite0'], state: 'running', done: 8, total: 16, error: null })
  await flushPromises()
  expect(mounted.get('.judges').text()).toContain('8 of 16 signals')
  mounted.unmount()
})

it('plans the other gradient of a set at the press of a button', async () => {
  const { mounted, rpc } = await view({ 'runs.planOtherGradient': () => ({ runIds: [9] }) })
  await mounted.findAll('.kinds button')[3]!.trigger('click')
  await mounted.get('[data-test=other-gradient]').trigger('click')
  const { network, networkHash, protocol } = set
  expect(rpc.calls.find(({ method }) => method === 'runs.planOtherGradient')?.params).toEqual({ set: { network, networkHash, protocol } })
  mounted.unmount()
})

it('lists failed metamers with their reason, and tries the chosen ones again with what was changed', async () => {
  const failed = [finished(4, 'excluded'), finished(5, 'excluded', { retryOf: 2, layer: 'head' }), finished(6, 'excluded', { network: 'word-cnn-aliased' })]
  const { mounted, rpc } = await view({ 'runs.retriable': () => failed, 'runs.retry': () => ({ runIds: [7] }) })
  const panel = mounted.get('[data-test=failed]')
  expect(panel.findAll('tbody tr').map((row) => row.findAll('td').slice(1, 4).map((cell) => cell.text()))).toEqual([['4', 'block1', 'cat.png'], ['5 after 2', 'head', 'cat.png']])
  expect(panel.text()).toContain('Criterion 1 is not met')
  await panel.findAll('tbody input')[1]!.setValue(true)
  await panel.findAll('.again input')[0]!.setValue(900)
  await panel.get('[data-test=retry]').trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'runs.retry')?.params).toEqual({ runIds: [5], changes: { updates: 900 }, tries: 3 })
  mounted.unmount()
})

it('shows one run\'s activations and error map at any layer and channel', async () => {
  const { mounted, drawn } = await view({ 'runs.list': () => [finished(7, 'included', { layer: 'head' }), finished(8, 'included', { layer: 'stem' })] })
  await mounted.findAll('.kinds button')[4]!.trigger('click')
  await flushPromises()
  expect(drawn().at(-1)).toEqual({ kind: 'scatter', run: 7, layer: 'head' })
  await mounted.findAll('.kinds button')[5]!.trigger('click')
  const [, run, layer] = mounted.findAll('.choice select')
  await run!.setValue('8')
  await layer!.setValue('block2')
  await mounted.get('.choice input[type=number]').setValue(3)
  await flushPromises()
  expect(drawn().at(-1)).toEqual({ kind: 'errorMap', run: 8, layer: 'block2', channel: 3 })
  mounted.unmount()
})

it('lists the metamers of a histogram with their place in the null, and leads to their runs', async () => {
  const records = [{ kind: 'null count', run: null, rho: null, percentile: null }, { kind: 'excluded', run: 7, rho: 0.5, percentile: 75 }, { kind: 'included', run: 8, rho: 0.9, percentile: 100 }]
  const { mounted } = await view({ 'runs.list': () => [finished(7, 'excluded'), finished(8, 'included')], 'figures.draw': () => ({ ...figure, records }) })
  await mounted.findAll('.kinds button')[2]!.trigger('click')
  await flushPromises()
  expect(mounted.findAll('[data-test=metamers] tbody tr').map((row) => row.text())).toEqual(['run 8cat.png0.9000100.00included', 'run 7cat.png0.500075.00excluded'])
  await mounted.get('[data-test=metamers] button').trigger('click')
  expect(mounted.emitted('run')).toEqual([[8]])
  mounted.unmount()
})
