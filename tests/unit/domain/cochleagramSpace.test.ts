import { expect, it } from 'vitest'
import type { Card } from '../../../src-main/domain/card.ts'
import { cochleagramSpaceOf, hearsBy, spaceOf } from '../../../src-main/domain/cochleagramSpace.ts'
import { frontEndFor } from '../../../src-main/engine/frontends/frontEndFor.ts'

const input = { kind: 'audio' as const, samples: 40_000, sampleRateHz: 20_000 }
const frontEnds: Array<NonNullable<Card['frontEnd']>> = [{ name: 'cochleagram', filters: 50 }, { name: 'cochleagram', filters: 40 }, { name: 'cochleagram-2023' }]

it.each(frontEnds.flatMap((frontEnd) => [2, 3].map((seconds) => [frontEnd, seconds] as const)))('has the size that the front end %o gives for %i s', (frontEnd, seconds) => {
  const sounds = { ...input, samples: 20_000 * seconds }
  const { rows, columns } = frontEndFor(frontEnd, sounds)!
  expect(cochleagramSpaceOf({ frontEnd, input: sounds })).toEqual({ kind: 'cochleagram', frontEnd: frontEnd.name, rows, columns })
})

it('is none where a network sees, takes the wave, or hears otherwise', () => {
  expect(cochleagramSpaceOf({ frontEnd: null, input })).toBeNull()
  expect(cochleagramSpaceOf({ frontEnd: { name: 'log-mel' }, input })).toBeNull()
  expect(cochleagramSpaceOf({ frontEnd: null, input: { kind: 'image', height: 1, width: 1, channels: 3, range: [0, 1] } })).toBeNull()
})

it('is shared by networks whose front ends have one name and one size', () => {
  const of = (frontEnd: Card['frontEnd']) => cochleagramSpaceOf({ frontEnd, input })
  expect(hearsBy(of(frontEnds[0]!), of(frontEnds[0]!))).toBe(true)
  expect(hearsBy(of(frontEnds[0]!), of(frontEnds[1]!))).toBe(false)
  expect(hearsBy(of(frontEnds[0]!), of(frontEnds[2]!))).toBe(false)
  expect(hearsBy(null, null)).toBe(false)
})

it('is where a protocol that says so moves the signal, and its input is where any other does', () => {
  const cochleagram = cochleagramSpaceOf({ frontEnd: frontEnds[0]!, input })
  expect(spaceOf({ name: 'ear', input, cochleagram }, {})).toBe(input)
  expect(spaceOf({ name: 'ear', input, cochleagram }, { space: 'cochleagram' })).toBe(cochleagram)
  expect(() => spaceOf({ name: 'ear', input, cochleagram: null }, { space: 'cochleagram' })).toThrow(/^Network "ear" does not hear by a cochleagram/)
})
