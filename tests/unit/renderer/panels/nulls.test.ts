// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { MediaError } from '../../../../src-main/domain/errors.ts'
import type { StoppedNull } from '../../../../src-main/domain/nullDistribution.ts'
import { tallyNull } from '../../../../src-main/domain/nullTally.ts'
import type { NullJob } from '../../../../src-main/domain/run.ts'
import NullsView from '../../../../src-renderer/views/NullsView.vue'
import { useProject } from '../../../../src-renderer/stores/project.ts'
import { nulls } from '../../../helpers/fakeLab/data.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { openProject, withStores } from '../stores/withStores.ts'

const plan = { network: 'efficientnet-lite0', poolFolder: '/stimuli/crops', pairs: 1_000_000, seed: 3, mode: 'pool' as const, augmentation: 'crops' as const, memoryBytes: 2 ** 30 }
const stopped: StoppedNull = { id: 'a'.repeat(16), plan, done: 1200, total: 4000, unit: 'draws' }
const job: NullJob = { jobId: 1, network: plan.network, pairs: plan.pairs, state: 'running', done: 1200, total: 4000, phase: 'activations', message: null, error: null }

async function view(handlers: Handlers = {}) {
  const rpc = withStores({ 'nulls.list': () => ({ nulls, jobs: [] }), 'nulls.histogram': () => null, ...handlers })
  useProject()
  await flushPromises()
  const mounted = mount(NullsView, { global: { plugins: [getActivePinia()!] }, attachTo: document.body })
  await flushPromises()
  return { rpc, mounted }
}

it('shows how far a stopped null had come, and goes on with what was asked for', async () => {
  const { rpc, mounted } = await view({ 'nulls.stopped': () => [stopped], 'nulls.start': () => ({ jobId: 2 }) })
  const panel = mounted.get('[data-test=stopped-nulls]')
  expect(panel.text()).toContain('1,000,000 pairs of crops, seed 3, crops')
  expect(panel.text()).toContain('1,200 of 4,000 stimuli through the network')
  await panel.get('[data-test=go-on]').trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'nulls.start')?.params).toEqual(plan)
  mounted.unmount()
})

it('drops one only when that is confirmed', async () => {
  let list = [stopped]
  const { rpc, mounted } = await view({ 'nulls.stopped': () => list, 'nulls.drop': () => ((list = []), null) })
  await mounted.get('[data-test=drop]').trigger('click')
  expect(mounted.get('dialog').text()).toContain('1,200 of 4,000 stimuli through the network are done, and would have to be done again.')
  expect(rpc.calls.some(({ method }) => method === 'nulls.drop')).toBe(false)
  await mounted.get('[data-test=drop-confirmed]').trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'nulls.drop')?.params).toEqual({ id: stopped.id })
  expect(mounted.find('[data-test=stopped-nulls]').exists()).toBe(false)
  mounted.unmount()
})

it('lists one among the stopped as soon as it is, and no longer among the jobs', async () => {
  let list: StoppedNull[] = []
  const { rpc, mounted } = await view({ 'nulls.stopped': () => list })
  rpc.emit('nullProgress', job)
  await flushPromises()
  expect(mounted.get('.jobs').text()).toContain('1,000,000 pairs, running')
  list = [stopped]
  rpc.emit('nullProgress', { ...job, state: 'cancelled' })
  await flushPromises()
  expect(mounted.find('.jobs').exists()).toBe(false)
  expect(mounted.find('[data-test=stopped-nulls]').exists()).toBe(true)
  mounted.unmount()
})

it('lets jobs that are over be dismissed, one or all, and keeps what is at work', async () => {
  const failed = (jobId: number): NullJob => ({ ...job, jobId, state: 'failed', message: `Failure ${jobId}.` })
  let jobs = [failed(1), failed(2), failed(3), { ...job, jobId: 4 }]
  const { rpc, mounted } = await view({ 'nulls.list': () => ({ nulls, jobs }), 'nulls.dismiss': ({ jobIds }) => ((jobs = jobs.filter(({ jobId }) => !jobIds.includes(jobId))), null) })
  // This window has heard of it as it happened.
  rpc.emit('nullProgress', failed(3))
  await flushPromises()
  const told = () => mounted.findAll('.jobs article').map((article) => /Failure \d/.exec(article.text())?.[0] ?? 'at work')
  expect(told()).toEqual(['at work', 'Failure 3', 'Failure 2', 'Failure 1'])
  await mounted.get('[data-test=dismiss]').trigger('click')
  rpc.emit('changed', { what: 'nulls', ids: [] })
  await flushPromises()
  expect(told()).toEqual(['at work', 'Failure 2', 'Failure 1'])
  await mounted.get('[data-test=dismiss-all]').trigger('click')
  rpc.emit('changed', { what: 'nulls', ids: [] })
  await flushPromises()
  expect(told()).toEqual(['at work'])
  expect(mounted.find('[data-test=dismiss-all]').exists()).toBe(false)
  expect(rpc.calls.filter(({ method }) => method === 'nulls.dismiss').map(({ params }) => params)).toEqual([{ jobIds: [3] }, { jobIds: [2, 1] }])
  mounted.unmount()
})

it('says in the table how the pairs came about', async () => {
  const crops = nulls.map((one) => ({ ...one, augmentation: 'crops' as const, draws: 4000 }))
  const { mounted } = await view({ 'nulls.list': () => ({ nulls: crops.slice(0, 11), jobs: [] }) })
  expect(mounted.get('caption').text()).toContain('imagenet_samples, seed 1: 317 stimuli (50,086 distinct pairs), 4,000 draws of them augmented by crops, pairs share members')
  mounted.unmount()
})

it('warns that fewer pairs than are stored do not judge', async () => {
  const { mounted } = await view()
  const pairs = mounted.findAll('.form input[type=number]')[0]!
  expect(mounted.find('[data-test=smaller-null]').exists()).toBe(false)
  await pairs.setValue(1999)
  expect(mounted.get('[data-test=smaller-null]').text()).toBe('A null of 2,000 pairs is stored for this network, and the one with most pairs judges: one of 1,999 does not replace it. Ask for more than 2,000 to take its place.')
  mounted.unmount()
  const other = await view({ 'nulls.list': () => ({ nulls: nulls.map((one) => ({ ...one, networkHash: 'other weights' })), jobs: [] }) })
  await other.mounted.findAll('.form input[type=number]')[0]!.setValue(1999)
  expect(other.mounted.find('[data-test=smaller-null]').exists()).toBe(false)
  other.mounted.unmount()
})

it('counts the pool before it is used, and does not start what it cannot give', async () => {
  const { rpc, mounted } = await view({ 'nulls.list': () => ({ nulls: [], jobs: [] }), 'nulls.pool': ({ network }) => ({ stimuli: network === 'efficientnet-lite0' ? 4 : 90 }), 'nulls.start': () => ({ jobId: 1 }) })
  const start = mounted.get('.start')
  const asked = () => rpc.calls.filter(({ method }) => method === 'nulls.pool').map(({ params }) => params)
  const field = mounted.get('.folder input')
  await field.setValue('/pool')
  await flushPromises()
  expect(asked().at(-1)).toEqual({ network: 'efficientnet-lite0', poolFolder: '/pool' })
  expect(mounted.get('[data-test=pool-count]').text()).toBe('4 pictures: 6 distinct pairs.')
  expect(mounted.get('[data-test=pool-problem]').text()).toContain('A null distribution of 2,000 pairs was asked for, but 4 stimuli give only 6 different pairs.')
  expect(start.attributes('disabled')).toBeDefined()
  await mounted.get('[data-test=with-crops]').trigger('click')
  expect(mounted.find('[data-test=pool-problem]').exists()).toBe(false)
  expect(start.attributes('disabled')).toBeUndefined()
  await mounted.findAll('.form select')[1]!.setValue('independent')
  expect(mounted.get('[data-test=pool-problem]').text()).toContain('only 2 pairs when each is used once')
  expect(mounted.find('[data-test=with-crops]').exists()).toBe(false)
  await mounted.get('[data-test=fewer-pairs]').trigger('click')
  expect(start.attributes('disabled')).toBeUndefined()
  await start.trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'nulls.start')?.params).toMatchObject({ pairs: 2, mode: 'independent' })
  // Another network may be shown others of it.
  await mounted.get('.form select').setValue('word-cnn-aliased')
  await flushPromises()
  expect(mounted.get('[data-test=pool-count]').text()).toBe('90 sounds: 4,005 distinct pairs.')
  mounted.unmount()
})

it('says what is wrong with a pool, until another is typed', async () => {
  let there = false
  const { mounted } = await view({
    'nulls.pool': () => {
      if (there) return { stimuli: 317 }
      throw new MediaError('The folder "/pool" cannot be read.')
    },
  })
  const field = mounted.get<HTMLInputElement>('.folder input')
  await field.setValue('/pool')
  await flushPromises()
  expect(mounted.get('[data-test=pool-problem] p').text()).toBe('The folder "/pool" cannot be read.')
  expect(mounted.get('.start').attributes('disabled')).toBeDefined()
  field.element.value = '/pools'
  await field.trigger('input')
  expect(mounted.find('[data-test=pool-problem]').exists()).toBe(false)
  expect(mounted.get('.start').attributes('disabled')).toBeUndefined()
  await field.setValue('/pool')
  await flushPromises()
  there = true
  await mounted.get('[data-test=look-again]').trigger('click')
  await flushPromises()
  expect(mounted.get('[data-test=pool-count]').text()).toBe('317 pictures: 50,086 distinct pairs.')
  expect(mounted.find('[data-test=pool-problem]').exists()).toBe(false)
  mounted.unmount()
})

it('removes a stored one only when that is confirmed', async () => {
  const { rpc, mounted } = await view({ 'nulls.histogram': () => ({ summary: nulls[0]!, histogram: tallyNull([0.1, 0.2]).histogram }), 'nulls.remove': () => null })
  await mounted.get('[data-test=remove-null]').trigger('click')
  expect(mounted.get('dialog').text()).toContain('their earlier verdicts stay on record')
  expect(rpc.calls.some(({ method }) => method === 'nulls.remove')).toBe(false)
  await mounted.get('[data-test=remove-null-confirmed]').trigger('click')
  await flushPromises()
  expect(rpc.calls.find(({ method }) => method === 'nulls.remove')?.params).toEqual({ id: nulls[0]!.id })
  mounted.unmount()
})

it('neither removes nor begins one in a project that can only be read, and says why', async () => {
  const { mounted } = await view({ 'project.current': () => ({ ...openProject, readOnlyReason: 'Another window has it open.' }), 'nulls.histogram': () => ({ summary: nulls[0]!, histogram: tallyNull([0.1]).histogram }) })
  const { disabled, title } = mounted.get('[data-test=remove-null]').attributes()
  expect([disabled, title]).toEqual(['', 'Another window has it open.'])
  expect(mounted.get('aside').text()).toContain('Missing: a project that can be written (Another window has it open.), a pool folder.')
  mounted.unmount()
})

it('saves the histogram as it is shown', async () => {
  const { rpc, mounted } = await view({ 'nulls.histogram': () => ({ summary: nulls[0]!, histogram: tallyNull([0.1]).histogram }), 'figures.draw': () => ({ name: 'f', title: 'f', caption: 'f', svg: '<svg/>', places: [], records: [] }) })
  for (const counts of ['linear', 'log']) {
    await mounted.get('[aria-label="Save the null distribution"]').trigger('click')
    await flushPromises()
    const { network, networkHash, layer } = nulls[0]!
    expect(rpc.calls.findLast(({ method }) => method === 'figures.draw')?.params).toMatchObject({ request: { kind: 'null', network, networkHash, layer, counts } })
    await mounted.get('.histogram input').setValue(true)
  }
  mounted.unmount()
})
