import { expect, it } from 'vitest'
import { profileText } from '../../../src-main/cli/commands/profile.ts'

const found = {
  updates: 4,
  msPerUpdate: 9.5,
  operations: [
    { operation: 'Conv2D', shape: [1, 8, 8, 2], callsPerUpdate: 1, msPerUpdate: 4 },
    { operation: 'Relu', shape: [1, 8, 8, 2], callsPerUpdate: 2, msPerUpdate: 3 },
    { operation: 'Conv2D', shape: [1, 4, 4, 2], callsPerUpdate: 0.5, msPerUpdate: 1 },
  ],
}

it('profileText sums up each operation, the dearest first, with its share', () => {
  expect(profileText(found, false).split('\n')).toEqual([
    '9.5 ms per update (median of 4); 8.0 ms inside operations, timed in 4 more.',
    '',
    'ms    share   calls  operation',
    '5.00  62.5 %  1.5    Conv2D',
    '3.00  37.5 %  2      Relu',
    '',
  ])
})

it('profileText gives each shape a line where that is asked for', () => {
  expect(profileText(found, true)).toContain('1.00  12.5 %  0.5    Conv2D 1 x 4 x 4 x 2\n')
})
