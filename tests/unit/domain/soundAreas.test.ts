import { expect, it } from 'vitest'
import { soundAreas } from '../../../src-main/domain/soundAreas.ts'

it('puts the best first and labels without an area last', () => {
  expect(soundAreas(['a', 'b', 'c'], [0.5, NaN, 0.9])).toEqual([{ label: 'c', area: 0.9 }, { label: 'a', area: 0.5 }, { label: 'b', area: null }])
})
