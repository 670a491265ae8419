import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MediaError, ProtocolError, UsageError } from '../../src-main/domain/errors.ts'
import type { NullHistogram, NullSummary } from '../../src-main/domain/nullDistribution.ts'
import type { SynthesisProgress } from '../../src-main/domain/run.ts'
import type { TrainingDetail } from '../../src-main/domain/trainingRecords.ts'
import { ConnectionError, createRpcClient, type RpcClient } from '../../src-main/rpc/client.ts'
import { serveRpc, type RpcServer } from '../../src-main/rpc/server.ts'
import { handlersWith } from '../helpers/handlers.ts'
import { transportPairs, type TransportPair } from '../helpers/transports.ts'

const summary: NullSummary = {
  network: 'toy',
  layer: 'conv1',
  pairs: 3,
  maximum: NaN,
  mean: -0,
  deviation: Infinity,
  seed: 0,
  pool: { name: 'pool', stimuli: 2, hash: 'ab' },
  mode: 'pool',
  augmentation: 'none',
  draws: 2,
  distinctPairs: 1,
  undefinedPairs: 0,
  quantiles: [{ probability: 0.5, rho: -Infinity }],
}
const histogram: NullHistogram = { counts: Uint32Array.of(0, 4_000_000_000), lowest: new Float32Array([NaN, -0]), highest: new Float32Array([Infinity, 0.25]) }

const detail: TrainingDetail = {
  lossCurve: { update: Float64Array.of(0, 1), loss: Float64Array.of(NaN, Infinity) },
  examination: { split: 'test', words: ['one'], sounds: [], answers: [{ file: 'd/a.wav', right: 0, said: 0, probability: NaN }], kernels: { shape: [1, 2, 1, 1], data: Float32Array.of(NaN, -0) } },
}

describe.each(Object.keys(transportPairs))('the contract over %s', (name) => {
  let pair: TransportPair
  let client: RpcClient
  let server: RpcServer
  let release: () => void
  const received: unknown[] = []

  beforeEach(async () => {
    pair = await transportPairs[name]!()
    client = createRpcClient(pair.client)
    const held = new Promise<void>((resolve) => (release = resolve))
    server = serveRpc(
      pair.server,
      handlersWith({
        'nulls.histogram': () => ({ summary, histogram }),
        'references.add': (params) => {
          received.push(params)
          throw new MediaError('Not a picture.', { details: { at: 3 }, cause: new ProtocolError('deeper') })
        },
        'runs.list': async () => {
          await held
          return []
        },
        'runs.cancel': () => null,
        'runs.remove': ({ runIds }) => {
          if (runIds.includes(9)) throw new UsageError('Run 9 waits or is at work; nothing was removed.')
          return { runIds: [...runIds, 4] }
        },
        'trainings.detail': () => detail,
        'project.recent': () => ({ folder: '/', paths: [(() => 1) as unknown as string] }),
      }),
    )
  })
  afterEach(async () => {
    release()
    server.close()
    await pair.dispose()
  })

  it('carries NaN, the infinities, minus zero and typed arrays back to the caller', async () => {
    const result = await client.call('nulls.histogram', { network: 'toy', layer: 'conv1' })
    expect(result).toStrictEqual({ summary, histogram })
    expect(Object.is(result!.summary.mean, -0)).toBe(true)
  })

  it('carries what is known of a training, its losses and kernels as arrays', async () => {
    expect(await client.call('trainings.detail', { id: 1 })).toStrictEqual(detail)
  })

  it('carries the progress of a survey in an event', async () => {
    const heard = new Promise((resolve) => client.on('surveyProgress', resolve))
    server.emit('surveyProgress', { done: 3, total: 4000 })
    expect(await heard).toStrictEqual({ done: 3, total: 4000 })
  })

  it('carries bytes to the handler and the error back, with class, details and cause', async () => {
    const bytes = new Uint8Array([0, 255, 128])
    const failure = client.call('references.add', { fileName: 'a.png', bytes })
    await expect(failure).rejects.toMatchObject({ name: 'MediaError', message: 'Not a picture.', details: { at: 3 } })
    await expect(failure).rejects.toBeInstanceOf(MediaError)
    await expect(failure.catch((e: Error) => e.cause)).resolves.toBeInstanceOf(ProtocolError)
    expect(received.pop()).toStrictEqual({ fileName: 'a.png', bytes })
  })

  it('carries the numbers of runs to remove, all that went with them, and why nothing did', async () => {
    expect(await client.call('runs.remove', { runIds: [1, 3] })).toStrictEqual({ runIds: [1, 3, 4] })
    await expect(client.call('runs.remove', { runIds: [9] })).rejects.toBeInstanceOf(UsageError)
    await expect(client.call('runs.remove', { runIds: [] })).rejects.toThrow(/^"runs.remove" was called with parameters of the wrong form: runIds: /)
    await expect(client.call('runs.remove', { runIds: [1.5] })).rejects.toThrow(/^"runs.remove" was called with parameters of the wrong form: runIds.0: /)
  })

  it('checks parameters before the handler sees them, and names what is off', async () => {
    await expect(client.call('runs.cancel', { id: -1 })).rejects.toThrow(/^"runs.cancel" was called with parameters of the wrong form: id: /)
    await expect(client.call('runs.cancel', { id: 1, more: 2 } as { id: number })).rejects.toBeInstanceOf(UsageError)
    await expect(client.call('no.such' as 'runs.list', {})).rejects.toThrow('There is no method "no.such".')
    await expect(client.call('constructor' as 'runs.list', {})).rejects.toThrow('There is no method "constructor".')
    expect(await client.call('runs.cancel', { id: 1 })).toBeNull()
  })

  it('answers a quick call while a slow one waits', async () => {
    let slowDone = false
    const slow = client.call('runs.list', {}).then((runs) => {
      slowDone = true
      return runs
    })
    expect(await client.call('runs.cancel', { id: 1 })).toBeNull()
    expect(slowDone).toBe(false)
    release()
    expect(await slow).toEqual([])
  })

  it('tells events in order to every listener, until it is removed', async () => {
    const updates: number[] = []
    const remove = client.on('progress', (p) => updates.push(p.update))
    for (const update of [1, 2, 3]) server.emit('progress', progress(update))
    await client.call('runs.cancel', { id: 1 })
    remove()
    server.emit('progress', progress(4))
    await client.call('runs.cancel', { id: 1 })
    expect(updates).toEqual([1, 2, 3])
  })

  it('carries a preview picture and a loss that is not a number in an event', async () => {
    const heard = new Promise((resolve) => client.on('progress', resolve))
    const sent = { ...progress(1), loss: NaN, preview: { kind: 'image' as const, height: 1, width: 1, rgb: new Uint8Array([1, 2, 3]) } }
    server.emit('progress', sent)
    expect(await heard).toStrictEqual(sent)
  })

  it('refuses what cannot cross, on either side, without losing the call', async () => {
    const bytes = (() => 1) as unknown as Uint8Array
    await expect(client.call('references.add', { fileName: 'a', bytes })).rejects.toThrow()
    await expect(client.call('project.recent', {})).rejects.toThrow()
  })

  it('does not answer what is no message of ours', async () => {
    pair.client.send({ type: 'call', id: 'x' })
    pair.client.send('hello')
    expect(await client.call('runs.cancel', { id: 1 })).toBeNull()
  })

  it('fails waiting and later calls when the connection closes, saying what to do', async () => {
    expect(await client.call('runs.cancel', { id: 1 })).toBeNull()
    const waiting = client.call('runs.list', {})
    const states: string[] = []
    client.onState((state) => states.push(state))
    pair.server.close()
    await expect(waiting).rejects.toBeInstanceOf(ConnectionError)
    await expect(client.call('runs.list', {})).rejects.toThrow(/was lost before "runs.list" was answered/)
    expect(states).toEqual(['closed'])
    expect(client.state).toBe('closed')
  })
})

function progress(update: number): SynthesisProgress {
  return { runId: 1, update, updates: 9, loss: 1, firstLoss: 2, updatesPerSecond: 3, remainingS: 4, preview: null }
}
