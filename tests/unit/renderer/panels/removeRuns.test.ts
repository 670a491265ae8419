// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { UsageError } from '../../../../src-main/domain/errors.ts'
import type { RunSummary } from '../../../../src-main/domain/run.ts'
import RunHeader from '../../../../src-renderer/panels/run/RunHeader.vue'
import ExportBar from '../../../../src-renderer/panels/runs/ExportBar.vue'
import RemoveRuns from '../../../../src-renderer/panels/runs/RemoveRuns.vue'
import RunGrid from '../../../../src-renderer/panels/runs/RunGrid.vue'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { useRunDetail } from '../../../../src-renderer/stores/runDetail.ts'
import { useRunFilters } from '../../../../src-renderer/stores/runFilters.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { finished, run } from '../../../helpers/fakeLab/data.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { openProject, settle, withStores } from '../stores/withStores.ts'

const options = () => ({ global: { plugins: [getActivePinia()!] }, attachTo: document.body })

async function over(list: RunSummary[], ids: number[], handlers: Handlers = {}) {
  const rpc = withStores({ 'runs.list': () => list, 'runs.remove': ({ runIds }) => ({ runIds }), ...handlers })
  useRuns()
  await settle()
  const mounted = mount(RemoveRuns, { props: { ids, label: 'Remove…' }, ...options() })
  const asked = () => rpc.calls.filter(({ method }) => method === 'runs.remove').map(({ params }) => params)
  const words = () => mounted.get('p').text().replace(/\s+/g, ' ')
  return { mounted, asked, words }
}

it('removes a run only when that is confirmed, and says which it is and what is lost', async () => {
  const { mounted, asked, words } = await over([finished(7, 'included')], [7])
  await mounted.get('[data-test=remove-runs]').trigger('click')
  expect(mounted.get('h2').text()).toBe('Remove run 7?')
  expect(words()).toMatch(/^block1 of efficientnet-lite0, cat\.png, seed 1: metamer, losses, measurements, labels and verdicts are lost, and nothing but a copy of the project brings them back\. References and null distributions stay\. The project file keeps its size; what is made next takes the room\.$/)
  await mounted.get('footer button').trigger('click')
  expect(mounted.find('dialog').exists()).toBe(false)
  expect(asked()).toEqual([])
  await mounted.get('[data-test=remove-runs]').trigger('click')
  await mounted.get('[data-test=remove-runs-confirmed]').trigger('click')
  expect(asked()).toEqual([{ runIds: [7] }])
  mounted.unmount()
})

it('says which sound goes with a cochleagram, and which earlier try counts again', async () => {
  const list = [finished(1, 'excluded'), finished(2, 'excluded', { retryOf: 1 }), finished(3, 'included'), finished(4, 'included', { inverts: 3 })]
  const { mounted, words } = await over(list, [2, 3, 99])
  await mounted.get('[data-test=remove-runs]').trigger('click')
  expect(mounted.get('h2').text()).toBe('Remove 2 runs?')
  expect(words()).toContain('Runs 2 and 3: metamer,')
  expect(words()).toContain('The sound that makes a removed cochleagram audible goes with it: run 4.')
  expect(words()).toContain('Run 1 counts in figures again: a removed try had taken the place.')
  mounted.unmount()
})

it('tells why nothing was removed', async () => {
  const { mounted } = await over([finished(7, 'included')], [7], { 'runs.remove': () => { throw new UsageError('toy is naming metamers; nothing was removed.') } })
  await mounted.get('[data-test=remove-runs]').trigger('click')
  await mounted.get('[data-test=remove-runs-confirmed]').trigger('click')
  await flushPromises()
  expect(useMessages().list.at(-1)?.text).toContain('toy is naming metamers; nothing was removed.')
  mounted.unmount()
})

it('offers nothing in a project that can only be read, and says why', async () => {
  const { mounted } = await over([finished(7, 'included')], [7], { 'project.current': () => ({ ...openProject, readOnlyReason: 'Another window has it open.' }) })
  const { disabled, title } = mounted.get('[data-test=remove-runs]').attributes()
  expect([disabled, title]).toEqual(['', 'Another window has it open.'])
  mounted.unmount()
})

it('can be chosen in the grid, by mark or key, unless a run waits or is at work', async () => {
  withStores({ 'runs.list': () => [finished(1, 'included'), run(2, { state: 'failed' }), run(3), run(4, { state: 'running' })] })
  useRuns()
  const [filters, selected] = [useRunFilters(), useRunDetail()]
  const grid = mount(RunGrid, options())
  await flushPromises()
  expect(grid.findAll('.pick').map((box) => box.attributes('aria-label'))).toEqual(['Choose block1, cat.png, run 1', 'Choose block1, cat.png, run 2'])
  for (const id of [2, 3]) {
    selected.selectedId = id
    await grid.get('.grid').trigger('keydown', { key: 'x' })
  }
  expect(filters.chosen).toEqual([2])
  const bar = mount(ExportBar, options())
  expect(bar.text()).toContain('1 chosen')
  expect(bar.findAll('button').map((button) => [button.attributes('disabled') !== undefined, button.text() || button.attributes('aria-label')])).toContainEqual([true, 'Export 0…'])
  expect(bar.get('[data-test=remove-runs]').attributes('disabled')).toBeUndefined()
  grid.unmount()
  bar.unmount()
})

it.each([['failed', true], ['cancelled', true], ['paused', true], ['planned', false], ['running', false]] as const)('is offered beside a run that is %s: %s', async (state, offered) => {
  withStores({ 'runs.list': () => [run(1, { state })] })
  useRuns()
  await settle()
  const header = mount(RunHeader, { props: { run: run(1, { state }) }, ...options() })
  expect(header.find('[data-test=remove-runs]').exists()).toBe(offered)
  header.unmount()
})
