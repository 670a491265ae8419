import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { averageRanks } from '../../src-main/engine/validation/ranks.ts'
import { spearmanRho } from '../../src-main/engine/validation/spearman.ts'
import { dotRanks, unitRanks } from '../../src-main/engine/validation/unitRanks.ts'

/** Made by bench/golden/spearmanTies.py: rectified, clipped and rounded noise, zeros of both signs. */
const golden = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../fixtures/golden/spearmanTies.json'), 'utf8')) as {
  values: number[][]
  ranks: number[][]
  rho: number[][]
}
const vectors = golden.values.map((row) => Float32Array.from(row))

describe('Spearman with heavy ties, against scipy', () => {
  it('gives the same ranks', () => {
    vectors.forEach((x, i) => expect([...averageRanks(x)]).toEqual(golden.ranks[i]))
  })

  it('gives the same ρ, directly and as a product of unit ranks, within 1e-6', () => {
    vectors.forEach((a, i) =>
      vectors.forEach((b, j) => {
        expect(Math.abs(spearmanRho(a, b) - golden.rho[i]![j]!)).toBeLessThan(1e-12)
        expect(Math.abs(dotRanks(unitRanks(a)!, unitRanks(b)!) - golden.rho[i]![j]!)).toBeLessThan(1e-6)
      }),
    )
  })
})
