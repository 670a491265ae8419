import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConnectionError, createRpcClient } from '../../../src-main/rpc/client.ts'
import { reconnectingWebSocket } from '../../../src-main/rpc/transports/reconnectingWebSocket.ts'
import type { SocketLike } from '../../../src-main/rpc/transports/webSocket.ts'
import { decodeFrame, encodeFrame } from '../../../src-main/rpc/wire.ts'

/** A socket that opens, closes and receives when the test says so. */
class FakeSocket extends EventTarget {
  binaryType = ''
  readyState = 0
  sent: unknown[] = []
  send(data: Uint8Array): void {
    this.sent.push(decodeFrame(data))
  }
  close(): void {
    this.drop()
  }
  open(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  drop(): void {
    this.readyState = 3
    this.dispatchEvent(new Event('close'))
  }
  receive(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }
}

describe('reconnectingWebSocket', () => {
  const sockets: FakeSocket[] = []
  const last = (): FakeSocket => sockets.at(-1)!
  const connect = (): SocketLike => {
    sockets.push(new FakeSocket())
    return last() as unknown as SocketLike
  }
  beforeEach(() => {
    sockets.length = 0
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('keeps what is said while the first socket opens and says it then', () => {
    const transport = reconnectingWebSocket(connect)
    transport.send('hello')
    expect(last().sent).toEqual([])
    last().open()
    expect(last().sent).toEqual(['hello'])
  })

  it('opens again after a quarter of a second, then after longer and longer pauses', () => {
    reconnectingWebSocket(connect)
    last().drop()
    for (const [attempt, waitMs] of [250, 500, 1000, 2000, 4000, 5000, 5000].entries()) {
      vi.advanceTimersByTime(waitMs - 1)
      expect(sockets.length).toBe(attempt + 1)
      vi.advanceTimersByTime(1)
      expect(sockets.length).toBe(attempt + 2)
      last().drop()
    }
  })

  it('starts with the short pause again once it was open', () => {
    reconnectingWebSocket(connect)
    last().drop()
    vi.advanceTimersByTime(250)
    last().open()
    last().drop()
    vi.advanceTimersByTime(250)
    expect(sockets.length).toBe(3)
  })

  it('tells the client when it is lost and when it is back; listeners stay', async () => {
    const client = createRpcClient(reconnectingWebSocket(connect))
    const states: string[] = []
    const changes: unknown[] = []
    client.onState((state) => states.push(state))
    client.on('changed', (change) => changes.push(change))
    last().open()
    const waiting = client.call('runs.list', {})
    last().drop()
    await expect(waiting).rejects.toBeInstanceOf(ConnectionError)
    vi.advanceTimersByTime(250)
    last().open()
    last().receive(encodeFrame({ type: 'event', name: 'changed', payload: { what: 'runs', ids: [1] } }).buffer)
    expect(states).toEqual(['open', 'closed', 'open'])
    expect(changes).toEqual([{ what: 'runs', ids: [1] }])
  })

  it('stays closed once it was closed on purpose', () => {
    const transport = reconnectingWebSocket(connect)
    last().open()
    transport.close()
    vi.advanceTimersByTime(60_000)
    expect(sockets.length).toBe(1)
    expect(transport.state).toBe('closed')
  })

  it.each(['text', new Uint8Array([1, 2, 3]).buffer])('closes a socket that sends %o, which is no frame', (data) => {
    reconnectingWebSocket(connect)
    last().open()
    last().receive(data)
    expect(last().readyState).toBe(3)
  })
})
