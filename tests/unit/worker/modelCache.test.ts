import { describe, expect, it } from 'vitest'
import type { Model } from '../../../src-main/engine/models/model.ts'
import { createModelCache } from '../../../src-main/worker/modelCache.ts'

describe('modelCache', () => {
  function setUp(limit: number) {
    const built: string[] = []
    const disposed: string[] = []
    const cache = createModelCache(limit, (name) => {
      built.push(name)
      return { summary: { name }, stages: [], dispose: () => void disposed.push(name) } as unknown as Model
    })
    return { cache, built, disposed, use: (name: string) => cache.using(name, (model) => model.summary.name) }
  }

  it('builds a network once and gives it again', async () => {
    const { use, built } = setUp(2)
    expect([await use('a'), await use('a')]).toEqual(['a', 'a'])
    expect(built).toEqual(['a'])
  })

  it('frees the one used longest ago beyond its limit', async () => {
    const { use, disposed } = setUp(2)
    for (const name of ['a', 'b', 'a', 'c']) await use(name)
    expect(disposed).toEqual(['b'])
  })

  it('frees nothing that is in use, and makes up for it afterwards', async () => {
    const { cache, use, disposed } = setUp(1)
    await cache.using('a', async () => {
      await use('b')
      expect(disposed).not.toContain('a')
    })
    expect(disposed).toEqual(['b'])
  })

  it('builds anew what it was told to forget, and frees the old one when its user is done', async () => {
    const { cache, use, built, disposed } = setUp(2)
    await cache.using('a', () => {
      cache.forget('a')
      expect(disposed).toEqual([])
    })
    expect(disposed).toEqual(['a'])
    await use('a')
    expect(built).toEqual(['a', 'a'])
  })

  it('gives back a network whose work failed', async () => {
    const { cache, use, disposed } = setUp(1)
    await expect(cache.using('a', () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    await use('b')
    expect(disposed).toEqual(['a'])
  })
})
