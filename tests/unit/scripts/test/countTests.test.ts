import { describe, expect, it } from 'vitest'
import { addCounts, countPlaywright, countsLine, countVitest, skippedStories } from '../../../../scripts/test/countTests.mjs'

describe('countVitest', () => {
  it('counts a file that cannot be loaded as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    }
    expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 })
  })
})

describe('countPlaywright', () => {
  it('counts a test that passed on a later try, and an error outside the tests, as failures', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] }
    expect(countPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 2 })
  })
})

describe('skippedStories', () => {
  it('names each story that was left out, and why', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status, annotations: [{ type: 'skip', description: 'No browser' }] }] })
    const report = { suites: [{ specs: [spec('a', 'skipped')], suites: [{ specs: [spec('b', 'expected'), spec('c', 'skipped')] }] }] }
    expect(skippedStories(report)).toEqual(['Skipped: a (No browser)', 'Skipped: c (No browser)'])
  })
})

describe('the last line', () => {
  it('adds up both, and a runner that reported nothing has failed', () => {
    const total = addCounts([{ passed: 1, failed: 0, skipped: 2 }, countVitest(null), countPlaywright(null)])
    expect(countsLine(total)).toBe('1 passed, 2 failed, 2 skipped')
  })
})
