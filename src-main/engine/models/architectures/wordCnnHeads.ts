import type { HeadName } from '../../../domain/training.ts'

/** Outputs of each head that a word network has. */
export type HeadOutputs = Partial<Record<HeadName, number>>

/** Weights of each head's dense layer. The authors' 2019 code numbers them instead where there are two, in this order: fc_top_0 is AudioSet, fc_top_1 the words. */
const weights: Record<HeadName, string> = { sounds: 'fc_top_audioset', word: 'fc_top' }

export interface WordCnnHead {
  head: HeadName
  /** Of its stage: the last head's outputs are the network's. */
  stage: string
  weights: string
  outputs: number
}

/** The heads side by side, words last: the paper's logits are those. */
export function headsOf(outputs: HeadOutputs): WordCnnHead[] {
  const names = (['sounds', 'word'] as const).filter((head) => outputs[head] !== undefined)
  return names.map((head, i) => ({ head, stage: i === names.length - 1 ? 'logits' : 'logits_audioset', weights: weights[head], outputs: outputs[head]! }))
}

/** The head that gives the logits. */
export function logitsHead(outputs: HeadOutputs): WordCnnHead {
  return headsOf(outputs).at(-1)!
}
