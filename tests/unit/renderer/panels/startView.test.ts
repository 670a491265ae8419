// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import type { RunSummary } from '../../../../src-main/domain/run.ts'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import StartView from '../../../../src-renderer/views/StartView.vue'
import { finished, run } from '../../../helpers/fakeLab/data.ts'
import { openProject, withStores } from '../stores/withStores.ts'

async function view(runs: RunSummary[]) {
  const rpc = withStores({
    'runs.list': () => runs,
    'trainings.list': () => [],
    'project.recent': () => ({ folder: '/p', paths: ['/p/b.metamer', openProject.path] }),
    'project.open': ({ path }) => ({ ...openProject, path }),
  })
  const mounted = mount(StartView, { global: { plugins: [getActivePinia()!] }, attachTo: document.body })
  await flushPromises()
  const opened = () => rpc.calls.filter(({ method }) => method === 'project.open').map(({ params }) => params)
  const open = async (n: number) => (await mounted.findAll('.recent')[n]!.trigger('click'), flushPromises())
  return { mounted, opened, open }
}

it('asks before work stops, and stays when told to', async () => {
  const { mounted, opened, open } = await view([run(1, { state: 'running' }), run(2), finished(3, 'included'), run(4, { state: 'paused' })])
  await open(0)
  expect(opened()).toEqual([])
  expect(mounted.get('[data-test=leaving]').text()).toBe('2 runs at work or waiting: paused, to be resumed when this project is open again.')
  await mounted.findAll('button').find((one) => one.text() === 'Stay')!.trigger('click')
  expect(mounted.find('[data-test=leaving]').exists()).toBe(false)
  await open(0)
  await mounted.get('[data-test=leave]').trigger('click')
  await flushPromises()
  expect(opened()).toEqual([{ path: '/p/b.metamer' }])
  mounted.unmount()
})

it('asks nothing when nothing is at work, or the open project is chosen', async () => {
  const quiet = await view([finished(3, 'included')])
  await quiet.open(0)
  expect(quiet.opened()).toEqual([{ path: '/p/b.metamer' }])
  quiet.mounted.unmount()
  const busy = await view([run(1, { state: 'running' })])
  await busy.open(1)
  expect(busy.opened()).toEqual([{ path: openProject.path }])
  busy.mounted.unmount()
})

it('saves a copy of the open project under a name that is asked for, and says where it is', async () => {
  const rpc = withStores({
    'trainings.list': () => [],
    'folders.list': ({ path }) => ({ path, parent: null, folders: [], files: [] }),
    'project.saveCopy': ({ path }) => ({ path }),
  })
  const mounted = mount(StartView, { global: { plugins: [getActivePinia()!] }, attachTo: document.body })
  await flushPromises()
  await mounted.get('[data-test=save-copy]').trigger('click')
  await flushPromises()
  await mounted.findAll('button').find((one) => one.text() === 'Save')!.trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'project.saveCopy')?.params).toEqual({ path: '/p/a copy.metamer' })
  expect(useMessages().list.map(({ text }) => text)).toEqual(['A copy of the project is saved as /p/a copy.metamer. The project itself stays open.'])
  expect(mounted.find('dialog').exists()).toBe(false)
  mounted.unmount()
})
