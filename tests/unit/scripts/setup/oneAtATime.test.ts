import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { oneAtATime } from '../../../../scripts/setup/oneAtATime.mjs'
import { put, setupContext } from '../../../helpers/setupContext.ts'

/** No process can have it: beyond the largest number that Linux gives. */
const deadPid = 2 ** 22 + 1

describe('oneAtATime', () => {
  it('lets the second wait for the first', async () => {
    const { context, said } = setupContext()
    const order: string[] = []
    let finish = () => {}
    const first = oneAtATime(context, () => new Promise<void>((resolve) => (finish = () => (order.push('first'), resolve()))))
    const second = oneAtATime(context, async () => void order.push('second'))
    finish()
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
    expect(said).toEqual(['another set-up is at work in this folder; waiting for it'])
  })

  it('takes over from a killed set-up', async () => {
    const { root, context, said } = setupContext()
    const lock = path.join(root, '.setup/lock.json')
    put(lock, JSON.stringify({ pid: deadPid, host: os.hostname(), command: deadPid }))
    expect(await oneAtATime(context, async () => 'done')).toBe('done')
    expect(said).toEqual([])
    expect(existsSync(lock)).toBe(false)
  })

  it('waits for a command that a killed set-up has left at work', async () => {
    const { root, context, said } = setupContext()
    const lock = path.join(root, '.setup/lock.json')
    put(lock, JSON.stringify({ pid: deadPid, host: os.hostname(), command: process.pid }))
    const waiting = oneAtATime(context, async () => 'done')
    put(lock, JSON.stringify({ pid: deadPid, host: os.hostname(), command: deadPid }))
    expect(await waiting).toBe('done')
    expect(said).toHaveLength(1)
  })
})
