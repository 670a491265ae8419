// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { UsageError } from '../../../../src-main/domain/errors.ts'
import FolderChooser from '../../../../src-renderer/panels/FolderChooser.vue'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { createGate } from '../../../helpers/gate.ts'
import { withStores } from '../stores/withStores.ts'

const there = ['/home', '/home/me', '/home/me/stimuli']
const files = [{ name: 'a.metamer', byteLength: 9 }]

/** What the next listings wait for. */
let ready: Promise<unknown> = Promise.resolve()

async function chooser(purpose: 'folder' | 'open' | 'save' | 'newFolder', take: (path: string) => unknown = () => true, atOnce: (field: HTMLInputElement) => unknown = () => undefined) {
  withStores({
    'folders.list': async ({ path }) => {
      await ready
      if (!there.includes(path)) throw new UsageError(`There is no folder "${path}".`)
      return { path, parent: null, folders: [], files }
    },
  })
  const chosen: string[] = []
  const mounted = mount(FolderChooser, {
    props: { heading: 'Choose', purpose, start: '/home/me', action: 'Do it', ...(purpose === 'newFolder' ? { name: 'set' } : {}), onChoose: (path: string) => (chosen.push(path), take(path)) },
    global: { plugins: [getActivePinia()!] },
    attachTo: document.body,
  })
  const type = (path: string) => mounted.get('[aria-label=Path]').setValue(path)
  atOnce(mounted.get('[aria-label=Path]').element as HTMLInputElement)
  await flushPromises()
  const button = () => mounted.findAll('button').find((one) => one.text() === 'Do it')!
  const press = async () => (await button().trigger('click'), flushPromises())
  const enter = async () => (await mounted.get('form').trigger('submit'), flushPromises())
  const problem = () => (mounted.find('[role=alert]').exists() ? mounted.get('[role=alert]').text() : null)
  return { mounted, chosen, button, type, press, enter, problem }
}

it('takes the folder that the field shows, also when nobody went there', async () => {
  const { mounted, chosen, type, press } = await chooser('newFolder')
  await type('/home')
  await press()
  expect(chosen).toEqual(['/home/set'])
  mounted.unmount()
})

it('lets nobody type a path before the first folder is listed, which would be put into what is typed', async () => {
  const readOnly: boolean[] = []
  const { mounted } = await chooser('newFolder', () => true, (field) => readOnly.push(field.readOnly))
  const field = mounted.get('[aria-label=Path]').element as HTMLInputElement
  expect([...readOnly, field.readOnly]).toEqual([true, false])
  expect(field.value).toBe('/home/me')
  mounted.unmount()
})

it('keeps what was chosen or typed while the folder was read once more', async () => {
  const { mounted, chosen, type, press } = await chooser('open')
  const slow = createGate()
  ready = slow.promise
  await mounted.get('form').trigger('submit')
  await mounted.get('.entries li button').trigger('click')
  slow.resolve()
  await flushPromises()
  await press()
  expect(chosen).toEqual(['/home/me/a.metamer'])
  const again = createGate()
  ready = again.promise
  await mounted.get('form').trigger('submit')
  await type('/home/me/stimuli/b.metamer')
  again.resolve()
  await flushPromises()
  expect((mounted.get('[aria-label=Path]').element as HTMLInputElement).value).toBe('/home/me/stimuli/b.metamer')
  mounted.unmount()
})

it('shows the folder that was asked for last', async () => {
  const { mounted, type } = await chooser('folder')
  const [first, second] = [createGate(), createGate()]
  for (const [gate, path] of [[first, '/home'], [second, '/home/me/stimuli']] as const) {
    ready = gate.promise
    await type(path)
    await mounted.get('form').trigger('submit')
  }
  second.resolve()
  await flushPromises()
  first.resolve()
  await flushPromises()
  expect((mounted.get('[aria-label=Path]').element as HTMLInputElement).value).toBe('/home/me/stimuli')
  mounted.unmount()
})

it('keeps a name that was typed when it goes to the typed folder', async () => {
  const { mounted, chosen, type, press } = await chooser('newFolder')
  await mounted.findAll('input')[1]!.setValue('mine')
  await type('/home')
  await press()
  expect(chosen).toEqual(['/home/mine'])
  mounted.unmount()
})

it.each(['press', 'enter'] as const)('chooses nothing where the typed folder is missing, by %s, and says so inside until it is corrected', async (way) => {
  const { mounted, chosen, type, problem, button, ...ways } = await chooser('newFolder')
  await type('/nowhere')
  await ways[way]()
  expect([chosen, problem(), button().attributes('disabled')]).toEqual([[], 'There is no folder "/nowhere".', ''])
  expect(useMessages().list).toEqual([])
  await type('/home/me/stimuli')
  expect([problem(), button().attributes('disabled')]).toEqual([null, undefined])
  await ways.press()
  expect(chosen).toEqual(['/home/me/stimuli/set'])
  mounted.unmount()
})

it.each(['press', 'enter'] as const)('opens a project whose path was pasted, by %s', async (way) => {
  const { mounted, chosen, type, ...ways } = await chooser('open')
  await type('/elsewhere/b.metamer')
  await ways[way]()
  expect(chosen).toEqual(['/elsewhere/b.metamer'])
  mounted.unmount()
})

it('takes a new file\'s name from a path that was pasted', async () => {
  const { mounted, chosen, type, press } = await chooser('save')
  await type('/home/new.metamer')
  await press()
  expect(chosen).toEqual(['/home/new.metamer'])
  mounted.unmount()
})

it('says inside why what was chosen failed, once', async () => {
  const { mounted, press, problem, button } = await chooser('newFolder', () => (useMessages().say('error', 'The disk is full.'), false))
  await press()
  expect([problem(), button().attributes('disabled')]).toEqual(['The disk is full.', ''])
  mounted.unmount()
  expect(useMessages().list).toEqual([])
})
