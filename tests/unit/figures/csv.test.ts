import { expect, it } from 'vitest'
import { csv } from '../../../src-main/figures/csv.ts'

it('writes names first, quotes what needs it, and leaves empty what is missing or undefined', () => {
  expect(csv([{ layer: 'a,b', n: 3, sem: Number.NaN }, { layer: 'say "c"', n: 4, sem: 0.5 }])).toBe('layer,n,sem\r\n"a,b",3,\r\n"say ""c""",4,0.5\r\n')
})
