// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { coalesce } from '../../../../src-renderer/composables/coalesce.ts'
import { portFromShell, socketAddress } from '../../../../src-renderer/composables/connectToHost.ts'
import { createGate } from '../../../helpers/gate.ts'
import { useHeldKey } from '../../../../src-renderer/composables/useHeldKey.ts'

describe('coalesce', () => {
  it('runs once more, and only once, for calls that came meanwhile', async () => {
    let runs = 0
    const gate = createGate()
    const step = coalesce(async () => {
      runs++
      await gate.promise
    })
    const first = step()
    void step()
    void step()
    gate.resolve()
    await first
    expect(runs).toBe(2)
  })

  it.each([0, 1, 2, 3, 4, 5])('loses no call that comes %i turns after the last one', async (turns) => {
    const seen: string[] = []
    let state = 'early'
    const step = coalesce(async () => void seen.push(state))
    void step()
    for (let i = 0; i < turns; i++) await Promise.resolve()
    state = 'late'
    await step()
    await new Promise((resolve) => setTimeout(resolve))
    expect(seen.at(-1)).toBe('late')
  })

  it('can run again after a failure', async () => {
    let runs = 0
    const step = coalesce(async () => {
      if (++runs === 1) throw new Error('first')
    })
    await expect(step()).rejects.toThrow('first')
    await step()
    expect(runs).toBe(2)
  })
})

describe('socketAddress', () => {
  it('is on the page\'s own origin', () => {
    expect(socketAddress({ protocol: 'http:', host: '127.0.0.1:1234' })).toBe('ws://127.0.0.1:1234/rpc')
    expect(socketAddress({ protocol: 'https:', host: 'localhost' })).toBe('wss://localhost/rpc')
  })
})

describe('portFromShell', () => {
  it('takes the port from this window only', async () => {
    const { port1 } = new MessageChannel()
    const waiting = portFromShell(window as unknown as Window)
    const send = (source: unknown, ports: unknown[]): void => {
      const event = new Event('message')
      Object.defineProperties(event, { source: { value: source }, ports: { value: ports } })
      window.dispatchEvent(event)
    }
    send(null, [port1])
    send(window, [])
    send(window, [port1])
    expect(await waiting).toBe(port1)
    port1.close()
  })
})

describe('useHeldKey', () => {
  const Probe = defineComponent({ setup: () => ({ held: useHeldKey([' ', 'f']) }), render() { return h('div', [h('input'), String(this.held)]) } })
  const press = (type: string, key: string, target: EventTarget = window): void => void target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true }))

  it('is true while the key is down', async () => {
    const probe = mount(Probe, { attachTo: document.body })
    press('keydown', 'f')
    await nextTick()
    expect(probe.text()).toBe('true')
    press('keyup', 'f')
    await nextTick()
    expect(probe.text()).toBe('false')
    probe.unmount()
  })

  it('leaves keys to a field in which one types, and lets go when the window loses the focus', async () => {
    const probe = mount(Probe, { attachTo: document.body })
    press('keydown', ' ', probe.get('input').element)
    await nextTick()
    expect(probe.text()).toBe('false')
    press('keydown', ' ')
    window.dispatchEvent(new Event('blur'))
    await nextTick()
    expect(probe.text()).toBe('false')
    probe.unmount()
  })
})
