/**
 * Add up what the test runners report.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * @param {any} report  vitest's JSON report, or null when it wrote none
 * @returns {Counts}
 */
export function countVitest(report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  // A file that cannot even be loaded has no tests that could fail.
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const isFailed = (test) => test.status === 'failed'

/**
 * @param {any} report  Playwright's JSON report, or null when it wrote none
 * @returns {Counts} a test that passed only on a later try counts as failed
 */
export function countPlaywright(report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped }
}

/** @param {Counts[]} all */
export function addCounts(all) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key]
  return total
}

/** @param {Counts} counts */
export const countsLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
