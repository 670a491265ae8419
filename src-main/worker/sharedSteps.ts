import { shareEvaluation } from '../engine/synthesis/evaluation.ts'
import { stepTogether } from '../engine/synthesis/stepTogether.ts'
import type { Synthesis } from '../engine/synthesis/synthesiseMetamer.ts'

type Stepping = Pick<Synthesis, 'question' | 'take'>

/** Makes the updates of all runs at work. Those that ask in the same turn of the event loop share one evaluation of the network where they can. */
export interface SharedSteps {
  /** @returns what `Synthesis.step` gives @throws what that throws: what another run comes to touches this one not */
  step(synthesis: Stepping): Promise<number>
  /** Runs that asked in the latest turn. */
  readonly atWork: number
}

interface Asked {
  synthesis: Stepping
  resolve(loss: number): void
  reject(error: unknown): void
}

export function createSharedSteps(): SharedSteps {
  let asked: Asked[] = []
  let atWork = 1

  function answerAll(): void {
    const turn = asked
    asked = []
    atWork = turn.length
    groupsOf(turn).forEach(answer)
  }

  return {
    step: (synthesis) =>
      new Promise((resolve, reject) => {
        // One that asks alone waits for nothing but the end of this turn.
        if (asked.push({ synthesis, resolve, reject }) === 1) setImmediate(answerAll)
      }),
    get atWork() {
      return atWork
    },
  }
}

function groupsOf(turn: readonly Asked[]): Asked[][] {
  const groups: Asked[][] = []
  for (const one of turn) {
    const group = groups.find(([first]) => shareEvaluation(first!.synthesis.question, one.synthesis.question))
    if (group) group.push(one)
    else groups.push([one])
  }
  return groups
}

function answer(group: readonly Asked[]): void {
  try {
    const outcomes = stepTogether(group.map(({ synthesis }) => synthesis))
    outcomes.forEach((outcome, i) => ('loss' in outcome ? group[i]!.resolve(outcome.loss) : group[i]!.reject(outcome.error)))
  } catch (error) {
    group.forEach(({ reject }) => reject(error))
  }
}
