import { describe, expect, it } from 'vitest'
import { groupOf, placesFor } from '../../../src-main/jobs/workTogether.ts'
import { protocol, toyPicture } from '../../helpers/sampleRuns.ts'

const run = { network: 'toy', networkHash: 'a', layer: 'stem', protocol }

describe('groupOf', () => {
  it('is the same for runs that differ in the name of their protocol, and another for all else', () => {
    expect(groupOf({ ...run, protocol: { ...protocol, name: 'mine' } })).toBe(groupOf(run))
    const others = [{ network: 'b' }, { networkHash: 'b' }, { layer: 'logits' }, { protocol: { ...protocol, updates: 5 } }]
    for (const other of others) expect(groupOf({ ...run, ...other })).not.toBe(groupOf(run))
  })
})

describe('placesFor', () => {
  it('gives as many places as are asked for where activations are small', () => {
    expect(placesFor(toyPicture, 'stem', 8)).toBe(8)
    expect(placesFor(toyPicture, 'stem', 1)).toBe(1)
  })

  it('gives fewer the more values the stages up to the layer have, and one at least', () => {
    const large = { stages: [{ ...toyPicture.stages[0]!, shape: [112, 112, 64] }, { ...toyPicture.stages[2]!, shape: [1, 30_000, 10_000] }] }
    const places = placesFor(large, 'stem', 64)
    expect(places).toBeGreaterThan(1)
    expect(places).toBeLessThan(64)
    expect(placesFor(large, 'logits', 64)).toBe(1)
  })

  it('gives one to a network that takes one signal at a time', () => {
    expect(placesFor({ ...toyPicture, oneAtATime: true }, 'stem', 8)).toBe(1)
  })
})
