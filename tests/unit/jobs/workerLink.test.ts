import { expect, it } from 'vitest'
import { EngineError, NumericalError } from '../../../src-main/domain/errors.ts'
import { createWorkerLink, WorkerStopped } from '../../../src-main/jobs/workerLink.ts'
import { createFakeWorker } from '../../helpers/fakeWorker.ts'
import { toyPicture } from '../../helpers/sampleRuns.ts'

function linked() {
  const fake = createFakeWorker()
  return { fake, link: createWorkerLink(fake.launch) }
}

const never = () => new Promise(() => {})

it('starts the process at the first request, and only then', async () => {
  const { fake, link } = linked()
  expect(fake.launches()).toBe(0)
  const [networks] = await Promise.all([link.request('networks', {}), link.request('networks', {})])
  expect(networks[0]).toEqual(toyPicture)
  expect(fake.launches()).toBe(1)
})

it('builds the process\'s error again, of the same class', async () => {
  const { fake, link } = linked()
  fake.answers.networks = () => {
    throw new NumericalError('The loss is not finite.', { details: { update: 3 } })
  }
  const refused = await link.request('networks', {}).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(NumericalError)
  expect(refused).toMatchObject({ message: 'The loss is not finite.', details: { update: 3 } })
})

it('refuses all open requests when the process dies, and starts another for the next', async () => {
  const { fake, link } = linked()
  await link.request('networks', {})
  const told: string[] = []
  link.onExit((reason) => told.push(reason))
  fake.answers.networks = never
  const open = [link.request('networks', {}), link.request('networks', {})].map((r) => r.catch((e: unknown) => e))
  fake.crash()
  for (const refused of await Promise.all(open)) {
    expect(refused).toBeInstanceOf(EngineError)
    expect((refused as Error).message).toBe(
      'The compute process stopped (signal SIGKILL) before it answered "networks". What was stored is kept; ask again to go on.',
    )
  }
  expect(told).toEqual(['The compute process stopped (signal SIGKILL).'])
  fake.answers.networks = () => []
  expect(await link.request('networks', {})).toEqual([])
  expect(fake.launches()).toBe(2)
})

it('refuses a request when the process dies before it was ready', async () => {
  const { fake, link } = linked()
  const open = link.request('networks', {}).catch((error: unknown) => error)
  await Promise.resolve()
  fake.crash('SIGSEGV')
  expect(await open).toMatchObject({ what: 'The compute process stopped (signal SIGSEGV)' })
})

it('loads a network\'s weights once for each process', async () => {
  const { fake, link } = linked()
  let reads = 0
  const read = async () => (reads++, '/weights')
  await Promise.all([link.ensureWeights('toy', read), link.ensureWeights('toy', read)])
  await link.ensureWeights('toy', read)
  expect(reads).toBe(1)
  fake.crash()
  await link.ensureWeights('toy', read)
  expect(reads).toBe(2)
  expect(fake.received.filter(({ name }) => name === 'loadWeights')).toHaveLength(2)
})

it('tries again to load weights that could not be read', async () => {
  const { fake, link } = linked()
  await expect(link.ensureWeights('toy', () => Promise.reject(new Error('no such file')))).rejects.toThrow('no such file')
  await link.ensureWeights('toy', async () => '/weights')
  expect(fake.received.map(({ name }) => name)).toEqual(['loadWeights'])
})

it('sends nothing for a network that makes its own weights', async () => {
  const { fake, link } = linked()
  await link.ensureWeights('toy', async () => null)
  expect(fake.received).toEqual([])
})

it('refuses weights whose process died while they were read', async () => {
  const { fake, link } = linked()
  await link.request('networks', {})
  const loading = link.ensureWeights('toy', async () => (fake.crash(), '/weights'))
  await expect(loading).rejects.toThrow(WorkerStopped)
})

it('passes events on until the subscription ends', async () => {
  const { fake, link } = linked()
  const events: number[] = []
  const end = link.onEvent((event) => event.type === 'nullProgress' && events.push(event.done))
  const params = { jobId: 5, network: 'toy', poolFolder: '/stimuli/pool', poolName: 'pool', pool: [], pairs: 2, seed: 1, mode: 'pool' as const, augmentation: 'none' as const, memoryBytes: 2 ** 26, earlier: [], workFolder: '/work' }
  await link.request('nullDistribution', params)
  end()
  await link.request('nullDistribution', params)
  expect(events).toEqual([1, 2])
  expect(fake.launches()).toBe(1)
})

it('refuses open and later requests once it is closed, and does not start the process again', async () => {
  const { fake, link } = linked()
  await link.request('networks', {})
  fake.answers.networks = never
  const open = link.request('networks', {}).catch((error: unknown) => error)
  await Promise.resolve()
  link.close()
  expect(await open).toBeInstanceOf(WorkerStopped)
  await expect(link.request('networks', {})).rejects.toThrow('The compute process was closed. Start the program again.')
  expect(fake.launches()).toBe(1)
})
