import { describe, expect, it } from 'vitest'
import { torture } from '../../helpers/tortureWeights.ts'
import { fuzzFixtures } from '../../helpers/weightFixtures.ts'

/** The same with 10,000 files for each format: npm run torture. */
describe('openModelFile with damaged files', () => {
  it.each(fuzzFixtures)('opens or refuses 300 of $file, quickly and in little memory', async (fixture) => {
    const result = await torture(fixture, 300)
    expect(result.failures).toEqual([])
    expect(result.opened + result.refused).toBe(300)
    expect(result.refused).toBeGreaterThan(0)
    expect(result.slowestMs).toBeLessThan(5000)
    expect(result.largestGrowth).toBeLessThan(300e6)
  })
})
