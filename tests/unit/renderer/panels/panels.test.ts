// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from '../../../../src-renderer/App.vue'
import DraftPanel from '../../../../src-renderer/panels/draft/DraftPanel.vue'
import MakeBar from '../../../../src-renderer/panels/draft/MakeBar.vue'
import LayerChoice from '../../../../src-renderer/panels/draft/LayerChoice.vue'
import MessageArea from '../../../../src-renderer/panels/MessageArea.vue'
import RunCharts from '../../../../src-renderer/panels/run/RunCharts.vue'
import RunHeader from '../../../../src-renderer/panels/run/RunHeader.vue'
import RunPanel from '../../../../src-renderer/panels/run/RunPanel.vue'
import RunGrid from '../../../../src-renderer/panels/runs/RunGrid.vue'
import StatusBar from '../../../../src-renderer/panels/StatusBar.vue'
import { useDraft } from '../../../../src-renderer/stores/draft.ts'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { useRunDetail } from '../../../../src-renderer/stores/runDetail.ts'
import { useRunFilters } from '../../../../src-renderer/stores/runFilters.ts'
import type { RunSummary } from '../../../../src-main/domain/run.ts'
import { LabError } from '../../../../src-main/domain/errors.ts'
import { movedIn, protocolFrom } from '../../../../src-main/domain/protocol.ts'
import { detailOf, fastEngine, finished, networks, nulls, run, slowEngine } from '../../../helpers/fakeLab/data.ts'
import { withStores } from '../stores/withStores.ts'

const options = () => ({ global: { plugins: [getActivePinia()!] }, attachTo: document.body })

describe('MakeBar', () => {
  it('says what is missing beside a button that cannot be pressed', async () => {
    withStores()
    const bar = mount(MakeBar, options())
    await flushPromises()
    expect(bar.get('[data-test=make]').attributes('disabled')).toBeDefined()
    expect(bar.text()).toContain('Missing: a layer, a reference picture.')
    bar.unmount()
  })

  it('makes by Ctrl+Enter, and says how many', async () => {
    const rpc = withStores({ 'runs.plan': () => ({ runIds: [7, 8] }) })
    const draft = useDraft()
    const bar = mount(MakeBar, options())
    await flushPromises()
    draft.layers = ['stem', 'block1']
    draft.referenceIds = [1]
    await nextTick()
    expect(bar.text()).toContain('Make 2 metamers')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }))
    await flushPromises()
    expect(rpc.calls.at(-1)).toMatchObject({ method: 'runs.plan', params: { layers: ['stem', 'block1'] } })
    expect(bar.emitted('made')).toEqual([[7]])
    bar.unmount()
  })
})

describe('MakeBar, when Make is pressed again', () => {
  const protocol = protocolFrom('2019 as code')
  async function barOver(list: RunSummary[], layers: string[], referenceIds = [1]) {
    const rpc = withStores({ 'runs.plan': () => ({ runIds: [7] }), 'runs.list': () => list })
    const draft = useDraft()
    const bar = mount(MakeBar, options())
    await flushPromises()
    Object.assign(draft, { layers, referenceIds })
    await nextTick()
    const plans = () => rpc.calls.filter(({ method }) => method === 'runs.plan').map(({ params }) => params)
    return { bar, draft, plans }
  }

  it('takes no notice of a key that is held down', async () => {
    const { bar, plans } = await barOver([], ['stem'])
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat: true }))
    await flushPromises()
    expect(plans()).toEqual([])
    bar.unmount()
  })

  it('will not make what is made already, says which runs those are, and offers the next seed', async () => {
    const { bar, draft, plans } = await barOver([finished(4, 'included', { protocol }), run(5, { protocol, seed: 2 })], ['block1'])
    expect(bar.text()).toContain('Run 4 is this metamer already.')
    expect(bar.get('[data-test=make]').attributes('disabled')).toBeDefined()
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }))
    await flushPromises()
    expect(plans()).toEqual([])
    await bar.get('[data-test=free-seed]').trigger('click')
    expect(draft.seed).toBe(3)
    expect(bar.get('[data-test=make]').attributes('disabled')).toBeUndefined()
    bar.unmount()
  })

  it('makes only what is missing, and says so', async () => {
    const { bar, plans } = await barOver([finished(4, 'included', { protocol }), finished(6, 'included', { protocol, layer: 'stem' }), run(8, { protocol, layer: 'head', state: 'cancelled' })], ['block1', 'stem', 'head'])
    expect(bar.text()).toContain('2 of 3 exist already (runs 4 and 6). Only the rest is made.')
    expect(bar.get('[data-test=make]').text()).toContain('Make metamer')
    await bar.get('[data-test=make]').trigger('click')
    await flushPromises()
    expect(plans()).toMatchObject([{ layers: ['stem', 'block1', 'head'], onlyNew: true }])
    bar.unmount()
  })
})

describe('DraftPanel', () => {
  it('offers both gradients where a layer ends in a ReLU, and says how many metamers that makes', async () => {
    withStores()
    const draft = useDraft()
    const panel = mount(DraftPanel, options())
    await flushPromises()
    draft.layers = ['stem']
    draft.referenceIds = [1, 2, 3]
    await panel.get('[data-test=settings]').trigger('click')
    await panel.get('[data-test=both-gradients]').setValue(true)
    expect(panel.get('[data-test=make]').text()).toBe('Make 6 metamers (3 with each gradient)')
    expect(panel.get('[data-test=protocol]').text()).toBe('2019 as code, 15,000 updates, both ReLU gradients')
    expect(panel.find('[data-test=reluGradient]').exists()).toBe(false)
    draft.layers = ['stem', 'block1']
    await nextTick()
    expect(panel.get('[data-test=make]').text()).toBe('Make 9 metamers (3 with both gradients)')
    expect(panel.text()).toContain('block1 ends in no ReLU, where the gradients do not differ: made once.')
    panel.unmount()
  })

  it('offers no second gradient where no layer ends in a ReLU', async () => {
    const [first] = networks
    withStores({ 'networks.list': () => [{ ...first!, stages: first!.stages.map((stage) => ({ ...stage, endsIn: 'linear' as const })) }] })
    const panel = mount(DraftPanel, options())
    await flushPromises()
    await panel.get('[data-test=settings]').trigger('click')
    expect(panel.find('[data-test=reluGradient]').exists()).toBe(true)
    expect(panel.find('[data-test=both-gradients]').exists()).toBe(false)
    panel.unmount()
  })

  it('names the protocol beside the button, and leads to it', async () => {
    withStores()
    const draft = useDraft()
    const panel = mount(DraftPanel, options())
    await flushPromises()
    const line = panel.get('[data-test=protocol]')
    expect(line.text()).toBe('2019 as code, 15,000 updates')
    await line.trigger('click')
    expect(document.activeElement).toBe(panel.get('[data-test=preset]').element)
    draft.change('updates', 20)
    await nextTick()
    expect(line.text()).toBe('2019 as code, 20 updates')
    draft.change('updates', 0)
    await nextTick()
    expect(line.text()).toBe('2019 as code, settings out of range')
    panel.unmount()
  })
})

describe('LayerChoice', () => {
  it('shows each metamer layer with its shape, where a ReLU ends it, and whether it has a null', async () => {
    withStores({ 'nulls.list': () => ({ nulls, jobs: [] }) })
    const choice = mount(LayerChoice, options())
    await flushPromises()
    const stem = choice.get('[data-test=layer-stem]')
    expect(stem.text()).toContain('112 × 112 × 32')
    expect(stem.text()).toContain('ReLU6')
    expect(stem.get('.null').attributes('title')).toContain('2,000 pairs')
    expect(choice.get('[data-test=layer-block1]').text()).not.toContain('ReLU')
    choice.unmount()
  })
})

describe('RunPanel', () => {
  it.each([[nulls, true], [[], false]])('explains the null maximum only where there is one', async (stored, explained) => {
    withStores({ 'nulls.list': () => ({ nulls: stored, jobs: [] }), 'nulls.histogram': () => null })
    const charts = mount(RunCharts, { ...options(), props: { run: detailOf(finished(1, 'included')) } })
    await flushPromises()
    expect(charts.text().includes('null maximum')).toBe(explained)
    charts.unmount()
  })

  it('tells what was done to the signals of a finished run in a note, not as a warning', async () => {
    withStores({ 'runs.list': () => [finished(1, 'included', { message: 'The centre square was used.' }), run(2, { state: 'failed', message: 'The disk is full.' })] })
    const panel = mount(RunPanel, options())
    const selected = useRunDetail()
    await flushPromises()
    selected.selectedId = 1
    await flushPromises()
    expect(panel.get('[data-test=message]').text()).toBe('The centre square was used.')
    expect(panel.get('[data-test=message]').classes()).toContain('note')
    selected.selectedId = 2
    await flushPromises()
    expect(panel.get('[data-test=message]').classes()).not.toContain('note')
    panel.unmount()
  })
})

describe('ProtocolSettings', () => {
  it('keeps what was typed, marks the field and says what is expected, until it can be read', async () => {
    withStores()
    const draft = useDraft()
    const panel = mount(DraftPanel, options())
    await flushPromises()
    await panel.get('[data-test=settings]').trigger('click')
    const field = panel.get<HTMLInputElement>('[data-test=updates]')
    await field.setValue('1,000')
    await field.trigger('blur')
    expect([field.element.value, field.attributes('aria-invalid')]).toEqual(['1,000', 'true'])
    expect(panel.findAll('[role=alert]').map((one) => one.text())).toEqual(['A whole number from 1 to 1,000,000, written as in 500; not "1,000" (without commas: 1000).'])
    expect(draft.missing).toContain('settings in range')
    await field.setValue('1000.')
    expect([field.element.value, draft.settings!.updates]).toEqual(['1000.', 1000])
    await field.trigger('blur')
    expect([field.element.value, field.attributes('aria-invalid'), panel.find('[role=alert]').exists()]).toEqual(['1000', 'false', false])
    const rate = panel.get<HTMLInputElement>('[data-test=learningRate]')
    await rate.setValue('1e9')
    expect(draft.missing).toContain('settings in range')
    await rate.setValue('')
    expect([draft.settings!.learningRate, draft.protocolProblem]).toEqual([null, null])
    await panel.get('[data-test=decayPer1000]').setValue('much')
    expect(draft.protocolProblem).toBe('decayPer1000: a number above 0, up to 1, written as in 0.95; not "much".')
    draft.choosePreset('fewer updates')
    draft.typeNumber('decayPer1000', 'much')
    draft.change('optimiser', 'adam')
    await nextTick()
    draft.change('optimiser', 'l-bfgs')
    await nextTick()
    expect(draft.protocolProblem).toBeNull()
    panel.unmount()
  })
})

describe('RunHeader', () => {
  it('states the verdict by word, shape and reason', async () => {
    withStores()
    const header = mount(RunHeader, { ...options(), props: { run: finished(1, 'excluded') } })
    expect(header.get('[data-test=verdict]').text()).toContain('excluded')
    expect(header.get('[data-test=verdict]').text()).toContain('Criterion 1 is not met')
    expect(header.get('svg.mark').attributes('aria-label')).toBe('excluded')
    header.unmount()
  })

  it.each([
    ['running', { pause: true, resume: false, cancel: true }],
    ['planned', { pause: false, resume: false, cancel: true }],
    ['interrupted', { pause: false, resume: true, cancel: true }],
    ['finished', { pause: false, resume: false, cancel: false }],
  ] as const)('offers what can be done to a %s run', (state, can) => {
    withStores()
    const header = mount(RunHeader, { ...options(), props: { run: run(1, { state }) } })
    for (const [action, offered] of Object.entries(can)) expect(header.find(`[data-test=${action}]`).exists(), action).toBe(offered)
    header.unmount()
  })
})

describe('RunHeader of a cochleagram that was moved by itself', () => {
  const moved = finished(1, 'included', { network: 'word-cnn-aliased', protocol: movedIn('cochleagram', protocolFrom('quick look')) })
  const heard = finished(2, 'undecided', { network: 'word-cnn-aliased', layer: 'cochleagram', inverts: 1 })

  it('offers to make it audible, and shows the run that does', async () => {
    let list = [moved]
    const rpc = withStores({ 'runs.list': () => list, 'runs.invert': () => ((list = [moved, heard]), { runId: 2 }) })
    const header = mount(RunHeader, { ...options(), props: { run: moved } })
    await flushPromises()
    expect(header.find('[data-test=twin]').exists()).toBe(false)
    await header.get('[data-test=invert]').trigger('click')
    await flushPromises()
    expect(rpc.calls.find(({ method }) => method === 'runs.invert')?.params).toEqual({ id: 1 })
    expect(useRunDetail().selectedId).toBe(2)
    expect(header.get('[data-test=twin]').text()).toBe('Heard in run 2')
    header.unmount()
  })

  it('leads from the sound back to the cochleagram, and does not offer it for sounds', async () => {
    withStores({ 'runs.list': () => [moved, heard] })
    const header = mount(RunHeader, { ...options(), props: { run: heard } })
    await flushPromises()
    expect(header.find('[data-test=invert]').exists()).toBe(false)
    await header.get('[data-test=twin]').trigger('click')
    expect(useRunDetail().selectedId).toBe(1)
    header.unmount()
  })
})

describe('RunGrid', () => {
  it('moves by arrows and chooses by X', async () => {
    const list = [finished(1, 'included', { layer: 'stem' }), finished(2, 'included', { layer: 'stem', referenceId: 2 }), finished(3, 'included', { layer: 'block4' })]
    withStores({ 'runs.list': () => list })
    const grid = mount(RunGrid, options())
    const selected = useRunDetail()
    await flushPromises()
    await grid.get('[data-run="1"]').trigger('click')
    await grid.get('[data-run="1"]').trigger('keydown', { key: 'ArrowRight' })
    expect(selected.selectedId).toBe(2)
    await grid.get('[data-run="2"]').trigger('keydown', { key: 'ArrowDown' })
    expect(selected.selectedId).toBe(3)
    await grid.get('[data-run="3"]').trigger('keydown', { key: 'x' })
    expect(useRunFilters().chosen).toEqual([3])
    grid.unmount()
  })

  it('says what to expect while there is nothing', async () => {
    withStores()
    const grid = mount(RunGrid, options())
    await flushPromises()
    expect(grid.text()).toContain('Every run appears here')
    grid.unmount()
  })
})

describe('StatusBar', () => {
  it('names back end, version, device and threads', async () => {
    withStores()
    const bar = mount(StatusBar, options())
    await flushPromises()
    for (const text of ['native TensorFlow 2.21.0', 'CPU', '8 threads', 'connected']) expect(bar.text()).toContain(text)
    expect(bar.text()).not.toContain('slow engine')
    bar.unmount()
  })

  it('shows the slow engine with reason and cure', async () => {
    withStores({ 'app.info': () => ({ version: '0.1.0', engine: slowEngine, shell: 'browser' }) })
    const bar = mount(StatusBar, options())
    await flushPromises()
    expect(bar.get('.slow').text()).toContain('slow engine')
    expect(bar.get('.slow').text()).toContain('Install g++')
    bar.unmount()
  })

  it('says when the program cannot be reached', async () => {
    const rpc = withStores({ 'app.info': () => ({ version: '0.1.0', engine: fastEngine, shell: 'browser' }) })
    const bar = mount(StatusBar, options())
    await flushPromises()
    rpc.setState('closed')
    await nextTick()
    expect(bar.text()).toContain('connection lost')
    bar.unmount()
  })
})

describe('MessageArea', () => {
  it('shows the sentence, its cause on demand, and goes when dismissed', async () => {
    withStores()
    const area = mount(MessageArea, options())
    useMessages().report('Adding x.png', new LabError('It is empty.', { cause: new Error('0 bytes') }))
    await nextTick()
    expect(area.get('[role=alert]').text()).toContain('It is empty.')
    expect(area.get('details').text()).toContain('0 bytes')
    await area.get('button[aria-label=Dismiss]').trigger('click')
    expect(area.find('article').exists()).toBe(false)
    area.unmount()
  })
})

describe('App', () => {
  it('shows nothing that may no longer be so when the program stays away, and goes on where it was when it is back', async () => {
    vi.useFakeTimers()
    const rpc = withStores()
    const app = mount(App, options())
    await vi.advanceTimersByTimeAsync(0)
    await app.get('[data-test=settings]').trigger('click')
    rpc.setState('closed')
    await vi.advanceTimersByTimeAsync(4000)
    expect(app.text()).not.toContain('does not answer')
    await vi.advanceTimersByTimeAsync(2000)
    expect(app.text()).toContain('Metamer Lab does not answer')
    expect(app.get('[data-test=make]').isVisible()).toBe(false)
    rpc.setState('open')
    await vi.advanceTimersByTimeAsync(0)
    expect(app.text()).not.toContain('does not answer')
    expect(app.get('[data-test=make]').isVisible()).toBe(true)
    expect(app.get('[data-test=updates]').isVisible()).toBe(true)
    app.unmount()
    vi.useRealTimers()
  })

  it('begins with the start sheet while no project is open', async () => {
    withStores({ 'project.current': () => null, 'project.recent': () => ({ folder: '/p', paths: ['/p/old one.metamer'] }) })
    const app = mount(App, options())
    await flushPromises()
    expect(app.text()).toContain('Try with samples')
    expect(app.text()).toContain('old one')
    app.unmount()
  })

  it('asks for projects by the system\'s own dialog where there is one', async () => {
    const asked: boolean[] = []
    window.metamerShell = {
      chooseFolder: async () => null,
      chooseFile: async () => null,
      chooseCardPlace: async () => null,
      chooseProject: async ({ create }) => {
        asked.push(create)
        return create ? '/p/new.metamer' : null
      },
    }
    const rpc = withStores({ 'project.current': () => null, 'project.create': ({ path }) => ({ path, name: 'new', readOnlyReason: null }) })
    const app = mount(App, options())
    await flushPromises()
    for (const name of ['Open…', 'New project…']) await app.findAll('button').find((b) => b.text().includes(name))!.trigger('click')
    await flushPromises()
    expect(asked).toEqual([false, true])
    expect(rpc.calls.find((c) => c.method === 'project.create')?.params).toEqual({ path: '/p/new.metamer' })
    delete window.metamerShell
    app.unmount()
  })

  it('lists the keys on "?"', async () => {
    withStores({ 'project.current': () => null })
    const app = mount(App, options())
    await flushPromises()
    window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))
    await nextTick()
    expect(app.text()).toContain('Make what the draft asks for')
    app.unmount()
  })
})
