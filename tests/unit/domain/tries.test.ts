import { expect, it } from 'vitest'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'
import { earlierTries } from '../../../src-main/domain/tries.ts'
import { finished, run } from '../../helpers/fakeLab/data.ts'

const other = { protocol: { ...protocolFrom('quick look'), name: 'quick look, 9 updates', updates: 9 } }

it('finds the runs that a finished later try has taken the place of, over several tries', () => {
  const runs = [finished(1, 'excluded'), finished(2, 'excluded', { retryOf: 1 }), finished(3, 'included', { retryOf: 2 }), finished(4, 'excluded'), run(5, { retryOf: 4 })]
  expect([...earlierTries(runs)].sort()).toEqual([1, 2])
})

it('leaves a run that was tried again with other settings in its own set', () => {
  expect([...earlierTries([finished(1, 'excluded'), finished(2, 'included', { retryOf: 1, ...other })])]).toEqual([])
  expect([...earlierTries([finished(1, 'excluded', other), finished(2, 'excluded', { retryOf: 1 }), finished(3, 'included', { retryOf: 2, ...other })])]).toEqual([1])
})
