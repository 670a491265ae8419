/**
 * Open 10,000 damaged weight files of each format: every one must open or be refused with a sentence.
 *
 *   npm run torture [-- COUNT [FIRST_SEED]]
 */
import { torture } from '../tests/helpers/tortureWeights.ts'
import { fuzzFixtures } from '../tests/helpers/weightFixtures.ts'

const count = Number(process.argv[2] ?? 10_000)
const firstSeed = Number(process.argv[3] ?? 1)
let failed = 0
for (const fixture of fuzzFixtures) {
  const start = performance.now()
  const { opened, refused, slowestMs, largestGrowth, failures } = await torture(fixture, count, firstSeed)
  failed += failures.length
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${fixture.file.padEnd(26)} opened ${opened}  refused ${refused}  failed ${failures.length}  slowest ${slowestMs.toFixed(0)} ms  growth ${(largestGrowth / 1e6).toFixed(0)} MB  ${seconds} s`)
  for (const failure of failures.slice(0, 10)) console.log(`  ${failure}`)
}
console.log(failed === 0 ? 'Every file was opened or refused with a sentence.' : `${failed} files failed otherwise.`)
process.exitCode = failed > 0 ? 1 : 0
