import { describe, expect, it } from 'vitest'
import { ShapeError } from '../../../src-main/domain/errors.ts'
import type { HostMessage, WorkerMessage } from '../../../src-main/domain/workerMessages.ts'
import { serveRequests, type RequestHandlers } from '../../../src-main/worker/serveRequests.ts'

/** The host's end of the line, for a test to speak and listen at. */
function fakePort() {
  const posted: WorkerMessage[] = []
  let say: (message: HostMessage) => void = () => undefined
  return {
    posted,
    say: (message: HostMessage) => say(message),
    port: { post: (message: WorkerMessage) => void posted.push(message), onMessage: (listener: typeof say) => void (say = listener) },
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

describe('serveRequests', () => {
  it('answers each request once, with its number, even when an earlier one takes longer', async () => {
    const { port, posted, say, settled } = fakePort()
    let release = (): void => undefined
    const handlers = { networks: () => [], judge: () => new Promise((resolve) => (release = () => resolve([]))) } as unknown as RequestHandlers
    serveRequests(port, handlers, () => undefined)
    say({ type: 'request', id: 1, name: 'judge', params: {} })
    say({ type: 'request', id: 2, name: 'networks', params: {} })
    await settled()
    expect(posted).toEqual([{ type: 'result', id: 2, result: [] }])
    release()
    await settled()
    expect(posted[1]).toEqual({ type: 'result', id: 1, result: [] })
  })

  it('sends a failure back as data and goes on', async () => {
    const { port, posted, say, settled } = fakePort()
    const handlers = {
      networks: () => [],
      loadWeights: () => {
        throw new ShapeError('Too short.', { details: { at: 1 }, cause: new RangeError('inner') })
      },
    } as unknown as RequestHandlers
    serveRequests(port, handlers, () => undefined)
    say({ type: 'request', id: 1, name: 'loadWeights', params: {} })
    say({ type: 'request', id: 2, name: 'networks', params: {} })
    await settled()
    expect(posted).toContainEqual({
      type: 'error',
      id: 1,
      error: { code: 'ShapeError', message: 'Too short.', details: { at: 1 }, cause: { code: 'RangeError', message: 'inner' } },
    })
    expect(posted).toContainEqual({ type: 'result', id: 2, result: [] })
  })

  it('refuses a request it does not know', async () => {
    const { port, posted, say, settled } = fakePort()
    serveRequests(port, {} as RequestHandlers, () => undefined)
    say({ type: 'request', id: 1, name: 'toString' as 'judge', params: {} })
    await settled()
    expect(posted[0]).toMatchObject({ type: 'error', error: { code: 'UsageError', message: expect.stringContaining('"toString"') } })
  })

  it('hands stops on at once', () => {
    const { port, say } = fakePort()
    const stops: number[] = []
    serveRequests(port, {} as RequestHandlers, (jobId) => stops.push(jobId))
    say({ type: 'stop', jobId: 7 })
    expect(stops).toEqual([7])
  })
})
