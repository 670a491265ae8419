import { describe, expect, it } from 'vitest'
import { tallyNull } from '../../../../src-main/domain/nullTally.ts'
import { decideVerdict, type CriteriaInput } from '../../../../src-main/engine/validation/inclusionCriteria.ts'
import { spearmanRho } from '../../../../src-main/engine/validation/spearman.ts'
import { dotRanks, unitRanks } from '../../../../src-main/engine/validation/unitRanks.ts'

const good: CriteriaInput = {
  layer: 'block4',
  rho: 0.9123,
  sameLabel: 'yes',
  labels: { reference: 'tabby cat', metamer: 'tabby cat' },
  null: { pairs: 2000, maximum: 0.4131, pool: 'scenes' },
}
const differing: Partial<CriteriaInput> = { sameLabel: 'no', labels: { reference: 'tabby cat', metamer: 'airliner' } }

describe('decideVerdict', () => {
  it('includes a metamer with the same label and a ρ above the whole null', () => {
    expect(decideVerdict(good)).toEqual({
      outcome: 'included',
      reason: 'included: same label ("tabby cat"), and ρ 0.912 at "block4" is above the highest of 2,000 null pairs of "scenes" (0.413)',
      sameLabel: 'yes',
      aboveNull: 'yes',
      null: { pairs: 2000, maximum: 0.4131 },
    })
  })

  it('excludes a metamer whose ρ is below the highest of the null, and says which layer and by how much', () => {
    expect(decideVerdict({ ...good, rho: 0.31 })).toMatchObject({
      outcome: 'excluded',
      reason: 'excluded: ρ 0.310 at "block4" does not exceed the highest of the null (0.413 of 2,000 pairs of "scenes"), short by 0.103',
      aboveNull: 'no',
    })
  })

  it('excludes a metamer whose ρ equals the highest of the null: it must lie strictly above', () => {
    const verdict = decideVerdict({ ...good, rho: 0.4131 })
    expect(verdict.outcome).toBe('excluded')
    expect(verdict.reason).toBe('excluded: ρ 0.413 at "block4" equals the highest of the null to within rounding (0.413 of 2,000 pairs of "scenes"), and does not exceed it')
  })

  it('does not let rounding decide between equal ones: the null is in single precision, ρ in double', () => {
    for (let n = 3; n <= 60; n++) {
      const [a, b] = [Float32Array.from({ length: n }, (_, i) => i + 0.5), Float32Array.from({ length: n }, (_, i) => 2 * i)]
      const { maximum } = tallyNull([dotRanks(unitRanks(a)!, unitRanks(b)!)])
      // The same order: ρ is 1, and so is that of the null's one pair.
      expect(decideVerdict({ ...good, rho: spearmanRho(a, b), null: { pairs: 1, maximum, pool: 'scenes' } })).toMatchObject({ outcome: 'excluded', aboveNull: 'no' })
    }
    for (const difference of [-9e-7, 9e-7]) expect(decideVerdict({ ...good, rho: 0.4131 + difference }).reason).toContain('to within rounding')
    expect(decideVerdict({ ...good, rho: 0.4131 + 2e-6 })).toMatchObject({ outcome: 'included', reason: expect.stringContaining('ρ 0.413102 at "block4" is above') })
    expect(decideVerdict({ ...good, rho: 0.4131 - 2e-6 }).reason).toContain('short by 0.000002')
  })

  it('excludes a metamer with another label, and names both', () => {
    expect(decideVerdict({ ...good, ...differing }).reason).toBe(
      'excluded: the labels differ ("tabby cat" for the reference, "airliner" for the metamer)',
    )
  })

  it('names both criteria when both fail', () => {
    expect(decideVerdict({ ...good, ...differing, rho: 0.31 }).reason).toBe(
      'excluded: the labels differ ("tabby cat" for the reference, "airliner" for the metamer), and ' +
        'ρ 0.310 at "block4" does not exceed the highest of the null (0.413 of 2,000 pairs of "scenes"), short by 0.103',
    )
  })

  it('decides on ρ only, and says so, when the network has no labels', () => {
    const unlabelled: CriteriaInput = { ...good, sameLabel: 'not applicable', labels: null }
    expect(decideVerdict(unlabelled)).toMatchObject({
      outcome: 'included',
      reason: 'included on ρ only (the network has no labels): ρ 0.912 at "block4" is above the highest of 2,000 null pairs of "scenes" (0.413)',
    })
    expect(decideVerdict({ ...unlabelled, rho: 0 }).reason).toContain('excluded on ρ only (the network has no labels): ρ 0.000')
  })

  it('is undecided without a null, and says how to make one', () => {
    expect(decideVerdict({ ...good, null: null })).toEqual({
      outcome: 'undecided',
      reason:
        'undecided: there is no null distribution for layer "block4" of this network yet; make one with "lab null" or the button "Make null distribution"',
      sameLabel: 'yes',
      aboveNull: 'no null yet',
      null: null,
    })
  })

  it('says without a null already that a differing label will exclude the metamer', () => {
    const verdict = decideVerdict({ ...good, ...differing, null: null })
    expect(verdict.outcome).toBe('undecided')
    expect(verdict.reason).toContain('whatever the null, it will be excluded: the labels differ ("tabby cat"')
  })

  it('excludes a metamer whose ρ is undefined, with the reason', () => {
    expect(decideVerdict({ ...good, rho: NaN })).toMatchObject({
      outcome: 'excluded',
      reason: 'excluded: ρ at "block4" is undefined, because the activations of the metamer or of the reference are constant there',
      aboveNull: 'no',
    })
  })

  it('shows as many decimals as it takes to tell ρ from the highest of the null', () => {
    expect(decideVerdict({ ...good, rho: 0.99987, null: { pairs: 10, maximum: 0.99984, pool: 'scenes' } }).reason).toContain(
      'ρ 0.99987 at "block4" is above the highest of 10 null pairs of "scenes" (0.99984)',
    )
    expect(decideVerdict({ ...good, rho: 0.99984, null: { pairs: 10, maximum: 0.99987, pool: 'scenes' } }).reason).toContain('short by 0.00003')
  })
})
