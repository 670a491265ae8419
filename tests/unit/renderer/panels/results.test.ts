// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import type { Figure, ListedSet } from '../../../../src-main/domain/figure.ts'
import { UsageError } from '../../../../src-main/domain/errors.ts'
import ResultsView from '../../../../src-renderer/views/ResultsView.vue'
import { useFigureSaving } from '../../../../src-renderer/stores/figureSaving.ts'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { useProject } from '../../../../src-renderer/stores/project.ts'
import { useResults } from '../../../../src-renderer/stores/results.ts'
import { useRunDetail } from '../../../../src-renderer/stores/runDetail.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { finished, networks } from '../../../helpers/fakeLab/data.ts'
import { withStores } from '../stores/withStores.ts'

const set: ListedSet = { network: 'efficientnet-lite0', networkHash: networks[0]!.weights.hash, protocol: 'quick look', kind: 'image', layers: ['stem', 'head'], finished: 8, included: 3 }
const figure: Figure = { name: 'f', title: 'A figure', caption: 'n = 8 metamers.', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', places: [], records: [] }

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
  expect(mounted.get('.choice').text()).not.toContain('included metamers only')
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

it('keeps the fields of the size where a size leaves no room', async () => {
  const { mounted, drawn } = await view({
    'figures.draw': ({ size }: { size: { widthMm: number } }) => { if (size.widthMm < 60) throw new UsageError('No room.'); return figure },
  })
  const widen = async (widthMm: number) => {
    await mounted.get('[data-test=widthMm]').setValue(widthMm)
    await flushPromises()
  }
  await widen(40)
  expect(mounted.get('[data-test=nothing]').text()).toContain('No room.')
  await widen(90)
  expect([mounted.find('[data-test=figure]').exists(), drawn().length]).toEqual([true, 3])
  mounted.unmount()
})

it('offers what there is to press where there is nothing to draw', async () => {
  const { mounted, rpc, drawn } = await view({
    'figures.draw': () => { throw new UsageError('There are none.') },
    'runs.planOtherGradient': () => ({ runIds: [8, 9] }),
  })
  const pick = async (name: string) => {
    await mounted.findAll('.kinds button').find((button) => button.text() === name)!.trigger('click')
    await flushPromises()
  }
  const nothing = mounted.get('[data-test=nothing]')
  expect(nothing.findAll('button')).toEqual([])
  await mounted.get('.tick input').setValue(true)
  await flushPromises()
  await nothing.get('[data-test=take-excluded]').trigger('click')
  await flushPromises()
  expect(drawn().at(-1)).toMatchObject({ kind: 'matrix', includedOnly: false })

  await pick('Recognition')
  expect(nothing.text()).toContain('Tick networks under Judges and press Have them judge.')
  expect(nothing.find('[data-test=give-classes]').exists()).toBe(false)
  await nothing.get('[data-test=show-judges]').trigger('click')
  await flushPromises()
  expect(document.activeElement).toBe(mounted.get('.judges input').element)
  await mounted.get('[data-test=standard]').setValue('class')
  await nothing.get('[data-test=give-classes]').trigger('click')
  expect(mounted.find('[data-test=answers]').exists()).toBe(true)

  await pick('ReLU gradient')
  await nothing.get('[data-test=make-other-gradient]').trigger('click')
  await flushPromises()
  const { network, networkHash, protocol } = set
  expect(rpc.calls.find(({ method }) => method === 'runs.planOtherGradient')?.params).toEqual({ set: { network, networkHash, protocol } })
  expect(useMessages().list.at(-1)?.text).toContain('2 metamers with the other gradient planned.')
  mounted.unmount()
})

it('leads to the Workbench where no run is finished yet', async () => {
  const { mounted } = await view({ 'sets.list': () => [] })
  expect(mounted.text()).toContain('No run of this project is finished yet.')
  await mounted.get('[data-test=workbench]').trigger('click')
  expect(mounted.emitted('workbench')).toHaveLength(1)
  mounted.unmount()
})

it.each([['widthMm', '', 'Width takes 40 to 600 mm'], ['heightMm', '5000', 'Height takes 30 to 600 mm, not "5000".'], ['dpi', '99.5', 'A PNG takes a whole number of 50 to 1200 dpi']])('keeps figure and size when %s is set to "%s", and says what it takes', async (field, value, sentence) => {
  const { mounted, drawn } = await view()
  const input = mounted.get<HTMLInputElement>(`[data-test=${field}]`)
  const before = input.element.value
  await input.setValue(value)
  await flushPromises()
  expect(mounted.get('[role=alert]').text()).toContain(sentence)
  expect([input.element.value, drawn().length, mounted.find('[data-test=figure]').exists()]).toEqual([before, 1, true])
  await input.setValue('80')
  await flushPromises()
  expect(mounted.find('[role=alert]').exists()).toBe(false)
  expect(drawn()).toHaveLength(2)
  mounted.unmount()
})

it('draws the error over all channels where the channel is no number', async () => {
  const { mounted, drawn } = await view({ 'runs.list': () => [finished(7, 'excluded')] })
  await mounted.findAll('.kinds button')[5]!.trigger('click')
  for (const [typed, channel] of [['3', 3], ['-1', null], ['1.5', null]] as const) {
    const field = mounted.get('[data-test=channel]')
    await field.setValue(typed)
    await flushPromises()
    expect(drawn().at(-1)).toMatchObject({ kind: 'errorMap', channel })
  }
  mounted.unmount()
})

it('saves what is shown, at the size that is asked for', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const { mounted, rpc } = await view({ 'figures.file': () => ({ fileName: 'f.svg', mimeType: 'image/svg+xml', bytes: Uint8Array.of(1) }) })
  useFigureSaving().size.widthMm = 86
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

it('keeps failed metamers in sight that were tried often enough, and says what allows another try', async () => {
  const failed = [finished(4, 'excluded'), finished(5, 'excluded', { retryOf: 2 })]
  const { mounted, rpc } = await view({ 'runs.retriable': ({ tries }) => (tries === 2 ? [] : failed), 'runs.list': () => failed, 'runs.retry': () => ({ runIds: [7] }), 'runs.remove': () => ({ runIds: [4] }) })
  const panel = mounted.get('[data-test=failed]')
  expect(panel.find('[data-test=tried-enough]').exists()).toBe(false)
  for (const box of panel.findAll('tbody input')) await box.setValue(true)
  await panel.get('[data-test=retry-tries]').setValue('2')
  await flushPromises()
  expect(panel.findAll('tbody tr')).toHaveLength(2)
  expect(panel.get('[data-test=tried-enough]').text()).toBe('2 metamers were tried 2 times or more. Allow more tries to go on.')
  expect(panel.get('[data-test=retry]').text()).toBe('Try 0 metamers again')
  expect(panel.get('[data-test=retry]').attributes('disabled')).toBeDefined()
  await panel.get('[data-test=retry-tries]').setValue('3')
  await flushPromises()
  expect(panel.get('[data-test=retry]').text()).toBe('Try 2 metamers again')
  // They can be removed as well.
  await panel.get('[data-test=remove-runs]').trigger('click')
  await panel.get('[data-test=remove-runs-confirmed]').trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'runs.remove')?.params).toEqual({ runIds: [4, 5] })
  mounted.unmount()
})

it('lists failed metamers with their reason, and tries the chosen ones again with what was changed', async () => {
  const failed = [finished(4, 'excluded'), finished(5, 'excluded', { retryOf: 2, layer: 'head' }), finished(6, 'excluded', { network: 'word-cnn-aliased' })]
  const { mounted, rpc } = await view({ 'runs.retriable': () => failed, 'runs.retry': () => ({ runIds: [7] }) })
  const panel = mounted.get('[data-test=failed]')
  expect(panel.findAll('tbody tr').map((row) => row.findAll('td').slice(1, 4).map((cell) => cell.text()))).toEqual([['4', 'block1', 'cat.png'], ['5 after 2', 'head', 'cat.png']])
  expect(panel.text()).toContain('Criterion 1 is not met')
  await panel.findAll('tbody input')[1]!.setValue(true)
  await panel.get('[data-test=retry-rate]').setValue('0,01')
  expect(panel.get('[role=alert]').text()).toContain('(with a point: 0.01)')
  expect(panel.get('[data-test=retry]').attributes('disabled')).toBeDefined()
  await panel.get('[data-test=retry-rate]').setValue('')
  await panel.get('[data-test=retry-updates]').setValue('900')
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

it('shows the stimuli of the bar that is clicked, and selects its first run', async () => {
  const place = (runs: number[], left: number) => ({ runs, left, top: 0.1, width: 0.02, height: 0.75 })
  const records = [8, 7, 9].map((run) => ({ kind: 'included', run, rho: run / 10, percentile: 99 }))
  const { mounted } = await view({
    'runs.list': () => [7, 8, 9].map((id) => finished(id, 'included')),
    'figures.draw': ({ request }) => (request.kind === 'histogram' ? { ...figure, places: [place([7, 8], 0.5), place([9], 0.9)], records } : figure),
  })
  await mounted.findAll('.kinds button')[2]!.trigger('click')
  await flushPromises()
  const rows = () => mounted.findAll('[data-test=metamers] tbody tr').map((row) => row.find('button').text())
  const [bar] = mounted.findAll('[data-test=place]')
  expect(rows()).toEqual(['run 9', 'run 8', 'run 7'])
  expect(bar!.attributes('aria-label')).toBe('Runs 7, 8: show the stimuli')
  expect((bar!.element as HTMLElement).style.left).toBe('50%')
  await bar!.trigger('click')
  expect(rows()).toEqual(['run 8', 'run 7'])
  expect(mounted.get('[data-test=pointed]').text()).toContain('2 metamers of this bar, of 3.')
  expect(mounted.findAll('.pair .thumbnail')).toHaveLength(4)
  expect(useRunDetail().selectedId).toBe(7)
  await mounted.get('[data-test=all-metamers]').trigger('click')
  expect(rows()).toHaveLength(3)
  await bar!.trigger('click')
  await mounted.findAll('.kinds button')[0]!.trigger('click')
  await flushPromises()
  expect(useResults().pointed).toEqual([])
  mounted.unmount()
})

const answered = async (handlers: Handlers = {}) => {
  const kept = new Map([[1, 'tabby']])
  const shown = await view({
    'answers.list': () => [...kept].map(([referenceId, answer]) => ({ referenceId, answer })),
    'answers.set': ({ answers }) => {
      if (answers.some(({ answer }) => answer === 'rokket')) throw new UsageError('"rokket" is no label of any network here. Nearest: "rocket".')
      for (const { referenceId, answer } of answers) answer === null ? kept.delete(referenceId) : kept.set(referenceId, answer)
      return null
    },
    ...handlers,
  })
  await shown.mounted.findAll('.kinds button')[1]!.trigger('click')
  await shown.mounted.get('[data-test=true-classes]').trigger('click')
  await flushPromises()
  const given = () => shown.rpc.calls.filter(({ method }) => method === 'answers.set').map(({ params }) => (params as { answers: unknown }).answers)
  return { ...shown, given }
}

it('lists the references of the metamers\' kind with their true classes, and keeps one when its field is left', async () => {
  const { mounted, given } = await answered()
  const fields = mounted.findAll<HTMLInputElement>('[data-test=answers] td input')
  expect(fields.map(({ element }) => [element.getAttribute('aria-label'), element.value])).toEqual([['True class of cat.png', 'tabby'], ['True class of coffee.png', ''], ['True class of rocket.jpg', '']])
  expect(mounted.get('[data-test=answers-given]').text()).toBe('1 of 3 given.')
  const offered = mounted.findAll('#true-classes option').map((option) => option.attributes('value'))
  expect(offered).toEqual(expect.arrayContaining(['airplane', networks[0]!.labels[0]]))
  await fields[2]!.setValue(' rocket ')
  await fields[2]!.trigger('change')
  await fields[0]!.setValue('')
  await flushPromises()
  expect(given()).toEqual(expect.arrayContaining([[{ referenceId: 3, answer: 'rocket' }], [{ referenceId: 1, answer: null }]]))
  mounted.unmount()
})

it('leaves what is being typed in one field when the class of another is kept', async () => {
  const { mounted } = await answered()
  const field = (name: string) => mounted.get<HTMLInputElement>(`[data-test="answer-${name}"]`)
  field('rocket.jpg').element.value = 'roc'
  await field('rocket.jpg').trigger('input')
  await field('coffee.png').setValue('espresso')
  await flushPromises()
  expect(mounted.get('[data-test=answers-given]').text()).toBe('2 of 3 given.')
  expect([field('rocket.jpg').element.value, field('coffee.png').element.value]).toEqual(['roc', 'espresso'])
  mounted.unmount()
})

it('says beside the field why a class was refused, and keeps what was typed until it is mended', async () => {
  const { mounted } = await answered()
  const field = () => mounted.get<HTMLInputElement>('[data-test="answer-rocket.jpg"]')
  await field().setValue('rokket')
  await flushPromises()
  expect(mounted.get('[data-test=answers] tbody .problem').text()).toBe('Not kept: "rokket" is no label of any network here. Nearest: "rocket".')
  expect(field().element.value).toBe('rokket')
  await field().setValue('rocket')
  await flushPromises()
  expect(mounted.find('[data-test=answers] tbody .problem').exists()).toBe(false)
  mounted.unmount()
})

it('takes the file of answers that the command line takes, all of it or nothing', async () => {
  const { mounted, given } = await answered()
  const input = mounted.get<HTMLInputElement>('[aria-label="File of true classes"]')
  const choose = async (text: string) => {
    Object.defineProperty(input.element, 'files', { value: [new File([text], 'answers.tsv')], configurable: true })
    await input.trigger('change')
    await flushPromises()
  }
  await choose('cat.png\ttabby\ncow.png\tox')
  expect(mounted.get('[data-test=answers-problem]').text()).toContain('Line 2 of "answers.tsv" names "cow.png"')
  expect(given()).toEqual([])
  await choose('cat.png\ttabby\nrocket.jpg\trocket')
  expect(given()).toEqual([[{ referenceId: 1, answer: 'tabby' }, { referenceId: 3, answer: 'rocket' }]])
  expect(mounted.get('[data-test=answers]').text()).toContain('2 classes from answers.tsv.')
  expect(mounted.find('[data-test=answers-problem]').exists()).toBe(false)
  mounted.unmount()
})

it('saves report and table of the whole project by options of their own, whatever figure is shown', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const file = { fileName: 'f', mimeType: 'text/csv', bytes: Uint8Array.of(1) }
  const { mounted, rpc } = await view({ 'report.make': () => file, 'judgements.tableFile': () => file })
  // Of the figure that is shown: it means neither report nor table.
  await mounted.get('.choice .tick input').setValue(true)
  await mounted.get('[data-test=report]').trigger('click')
  await flushPromises()
  await mounted.findAll('.kinds button')[2]!.trigger('click')
  await mounted.get('[data-test=whole-included]').setValue(true)
  await mounted.get('[data-test=report]').trigger('click')
  await flushPromises()
  await mounted.get('[data-test=whole-table]').trigger('click')
  await flushPromises()
  expect(rpc.calls.filter(({ method }) => method === 'report.make' || method === 'judgements.tableFile').map(({ params }) => params)).toEqual([
    { includedOnly: false, stimuli: false }, { includedOnly: true, stimuli: false }, { includedOnly: true },
  ])
  click.mockRestore()
  mounted.unmount()
})
