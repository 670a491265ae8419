import { expect, it } from 'vitest'
import { threadCount } from '../../../src-main/worker/threadCount.ts'

it.each([['3', 3], ['1', 1], [undefined, 8], ['0', 8], ['-2', 8], ['1.5', 8], ['all', 8], ['', 8]])('takes %j for %i of 8 threads', (asked, threads) => {
  expect(threadCount(asked, 8)).toBe(threads)
})
