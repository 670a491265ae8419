import { liesAbove, nullRounding, type JudgingNull } from '../../domain/nullDistribution.ts'
import type { Verdict } from '../../domain/run.ts'

export interface CriteriaInput {
  /** The generation layer. */
  layer: string
  /** Matching fidelity there, on the signal as exported. */
  rho: number
  sameLabel: Verdict['sameLabel']
  /** The labels that were compared; null when the network has none. */
  labels: { reference: string; metamer: string } | null
  /** The null distribution of this network and layer; null when there is none yet. */
  null: JudgingNull | null
}

/** What one criterion says of a metamer. */
interface Finding {
  holds: boolean
  words: string
}

/**
 * Decide whether a metamer may be used: same label as the reference, and ρ above the whole null distribution.
 * Both must hold. Without a null nothing is decided, but what is known is said.
 *
 * @source Feather et al. 2019, section 3.1; strictly above the maximum, as in the authors' 2019 notebooks, and by more than the null is rounded
 */
export function decideVerdict(input: CriteriaInput): Verdict {
  const against = input.null && { pairs: input.null.pairs, maximum: input.null.maximum }
  const known = { sameLabel: input.sameLabel, aboveNull: aboveNull(input), null: against }
  if (input.null === null) return { ...known, outcome: 'undecided', reason: undecidedReason(input) }
  const findings = [labelFinding(input), fidelityFinding(input, input.null)].filter((f) => f !== null)
  const failed = findings.filter((f) => !f.holds)
  const outcome = failed.length > 0 ? 'excluded' : 'included'
  const told = failed.length > 0 ? failed : findings
  const basis = input.sameLabel === 'not applicable' ? ' on ρ only (the network has no labels)' : ''
  return { ...known, outcome, reason: `${outcome}${basis}: ${told.map((f) => f.words).join(', and ')}` }
}

function aboveNull({ rho, null: distribution }: CriteriaInput): Verdict['aboveNull'] {
  if (distribution === null) return 'no null yet'
  return liesAbove(rho, distribution.maximum) ? 'yes' : 'no'
}

function labelFinding({ sameLabel, labels }: CriteriaInput): Finding | null {
  if (sameLabel === 'not applicable') return null
  if (sameLabel === 'yes') return { holds: true, words: `same label${labels ? ` ("${labels.reference}")` : ''}` }
  const which = labels ? ` ("${labels.reference}" for the reference, "${labels.metamer}" for the metamer)` : ''
  return { holds: false, words: `the labels differ${which}` }
}

function fidelityFinding({ rho, layer }: CriteriaInput, { pairs, maximum, pool }: JudgingNull): Finding {
  if (Number.isNaN(rho)) return { holds: false, words: undefinedRho(layer) }
  const count = pairs.toLocaleString('en-GB')
  const own = `ρ ${rho.toFixed(digitsFor(maximum - rho))} at "${layer}"`
  const highest = maximum.toFixed(digitsFor(maximum - rho))
  if (liesAbove(rho, maximum)) return { holds: true, words: `${own} is above the highest of ${count} null pairs of "${pool}" (${highest})` }
  if (!liesAbove(maximum, rho)) return { holds: false, words: `${own} equals the highest of the null to within rounding (${highest} of ${count} pairs of "${pool}"), and does not exceed it` }
  const short = (maximum - rho).toFixed(digitsFor(maximum - rho))
  return { holds: false, words: `${own} does not exceed the highest of the null (${highest} of ${count} pairs of "${pool}"), short by ${short}` }
}

function undecidedReason(input: CriteriaInput): string {
  const cure = 'make one with "lab null" or the button "Make null distribution"'
  const label = labelFinding(input)
  const failing = [
    label && !label.holds ? label.words : null,
    Number.isNaN(input.rho) ? undefinedRho(input.layer) : null,
  ].filter((words) => words !== null)
  const already = failing.length > 0 ? `; whatever the null, it will be excluded: ${failing.join(', and ')}` : ''
  return `undecided: there is no null distribution for layer "${input.layer}" of this network yet; ${cure}${already}`
}

function undefinedRho(layer: string): string {
  return `ρ at "${layer}" is undefined, because the activations of the metamer or of the reference are constant there`
}

/** Decimals that show a difference: three, or as many as it takes, up to six. */
function digitsFor(difference: number): number {
  if (Math.abs(difference) <= nullRounding) return 3
  return Math.min(Math.max(Math.ceil(-Math.log10(Math.abs(difference))), 3), 6)
}
