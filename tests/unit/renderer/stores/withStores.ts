import { createPinia, setActivePinia } from 'pinia'
import { provideRpc } from '../../../../src-renderer/composables/useRpc.ts'
import * as data from '../../../helpers/fakeLab/data.ts'
import { createFakeRpc, type FakeRpc, type Handlers } from '../../../helpers/fakeRpc.ts'

export const openProject = { path: '/p/a.metamer', name: 'a', readOnlyReason: null }

/** What an open project with two references answers. */
export const quietHandlers: Handlers = {
  'app.info': () => ({ version: '0.1.0', engine: data.fastEngine, shell: 'browser' }),
  'project.current': () => openProject,
  'project.recent': () => ({ folder: '/p', paths: [] }),
  'networks.list': () => data.networks,
  'protocols.list': () => data.protocols,
  'samples.list': () => [...data.samples],
  'references.list': () => data.references,
  'references.notices': () => ({ notices: [] }),
  'runs.list': () => [],
  'runs.atOnce': () => ({ runs: 8 }),
  'nulls.list': () => ({ nulls: [], jobs: [] }),
  'nulls.stopped': () => [],
  'sets.list': () => [],
  'answers.list': () => [],
  'runs.retriable': () => [],
}

/** A fresh pinia over a fake client, in a window that has just been opened. */
export function withStores(handlers: Handlers = {}): FakeRpc {
  globalThis.sessionStorage?.clear()
  return reloaded(handlers)
}

/** The same, in a window that was reloaded. */
export function reloaded(handlers: Handlers = {}): FakeRpc {
  const rpc = createFakeRpc({ ...quietHandlers, ...handlers })
  const pinia = createPinia()
  setActivePinia(pinia)
  provideRpc(pinia, rpc)
  return rpc
}

/** Let every answer that is on its way arrive. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
