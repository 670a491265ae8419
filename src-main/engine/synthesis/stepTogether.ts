import { tidyNumbers } from '../support/tidyNumbers.ts'
import { evaluateTogether } from './evaluation.ts'
import type { Synthesis } from './synthesiseMetamer.ts'

/** What became of one synthesis' update: the loss that `Synthesis.step` would have given, or what it would have thrown. */
export type Outcome = { loss: number } | { error: unknown }

/**
 * Make one update of each of several syntheses by one evaluation of the network. One whose loss is not finite fails alone.
 *
 * @param syntheses  whose questions share an evaluation
 * @returns in the same order
 * @throws ProtocolError when the updates of one of them are all made
 */
export function stepTogether(syntheses: ReadonlyArray<Pick<Synthesis, 'question' | 'take'>>): Outcome[] {
  return tidyNumbers(() => {
    const evaluations = evaluateTogether(syntheses.map(({ question }) => question))
    return syntheses.map((synthesis, i) => outcomeOf(() => synthesis.take(evaluations[i]!)))
  })
}

function outcomeOf(update: () => number): Outcome {
  try {
    return { loss: update() }
  } catch (error) {
    return { error }
  }
}
