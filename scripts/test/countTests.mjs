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

/**
 * Name the stories that Playwright skipped, with the reason: its own list leaves the reason out.
 *
 * @param {any} report  Playwright's JSON report, or null
 * @returns {string[]}
 */
export function skippedStories(report) {
  const inSuite = (suite) => [
    ...(suite.specs ?? []).flatMap((spec) => spec.tests.filter((test) => test.status === 'skipped').map((test) => skipLine(spec, test))),
    ...(suite.suites ?? []).flatMap(inSuite),
  ]
  return (report?.suites ?? []).flatMap(inSuite)
}

function skipLine(spec, test) {
  const reason = test.annotations.find((annotation) => annotation.type === 'skip')?.description
  return `Skipped: ${spec.title}${reason ? ` (${reason})` : ''}`
}

/** @param {Counts[]} all */
export function addCounts(all) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key]
  return total
}

/** @param {Counts} counts */
export const countsLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
