import type { HeadName } from '../../../domain/trainingPlan.ts'
import type { Layer, Parts, StageStep } from './architecture.ts'
import { dense } from './dense.ts'

/** Outputs of each head that a network that hears has. */
export type HeadOutputs = Partial<Record<HeadName, number>>

/** Weights of each head's dense layer. The authors' 2019 code numbers them instead where there are two, in this order: fc_top_0 is AudioSet, fc_top_1 the words. */
const weights: Record<HeadName, string> = { sounds: 'fc_top_audioset', word: 'fc_top' }

export interface HearingHead {
  head: HeadName
  /** Of its stage: the last head's outputs are the network's. */
  stage: string
  weights: string
  outputs: number
}

/** The heads side by side, words last: the paper's logits are those. */
export function headsOf(outputs: HeadOutputs): HearingHead[] {
  const names = (['sounds', 'word'] as const).filter((head) => outputs[head] !== undefined)
  return names.map((head, i) => ({ head, stage: i === names.length - 1 ? 'logits' : 'logits_audioset', weights: weights[head], outputs: outputs[head]! }))
}

/** The head that gives the logits. */
export function logitsHead(outputs: HeadOutputs): HearingHead {
  return headsOf(outputs).at(-1)!
}

/** What every head of a network takes. */
export interface HeadSource {
  /** Name of the stage. */
  from: string
  /** Values that reach a head, and how they come from that stage's; absent: as they are. */
  inputs: number
  gathered?: Layer
}

/** A stage for each head. */
export function headStages(parts: Parts, outputs: HeadOutputs, { from, inputs, gathered = (x) => x }: HeadSource): StageStep[] {
  return headsOf(outputs).map((head) => {
    const top = dense(parts, `${head.weights}.kernel`, `${head.weights}.bias`, inputs, head.outputs)
    return { name: head.stage, from, forward: (x) => top(gathered(x)) }
  })
}
