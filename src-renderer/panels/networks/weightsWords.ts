import type { NetworkSummary } from '../../../src-main/domain/network.ts'

/** What a network's weights are, in a few words. */
export function weightsState({ state, seed }: NetworkSummary['weights']): string {
  if (state === 'random') return `random weights${seed === null ? '' : `, seed ${seed}`}`
  return state === 'trained' ? 'trained' : 'weights needed'
}

/** The same with where they come from, or which file is waited for. */
export function weightsSentence({ weights, trainedWeights }: NetworkSummary): string {
  if (weights.state === 'trained') return `Trained: ${weights.source}`
  if (weights.state === 'random') return `Random${weights.seed === null ? '' : `, seed ${weights.seed}`}`
  return `Weights needed: ${trainedWeights ? `${trainedWeights.file} (${trainedWeights.formats.join(', ')})` : weights.source}`
}
