import type { CardDraft } from './importing.ts'

export interface FrontEndChoice {
  /** As the command line names it. */
  name: string
  words: string
  value: CardDraft['frontEnd']
}

/** What can come before the first layer of a network for sounds. */
export const frontEndChoices: readonly FrontEndChoice[] = [
  { name: 'none', words: 'None: the network takes the samples', value: null },
  { name: 'cochleagram', words: 'Cochleagram, 50 filters (2019)', value: { name: 'cochleagram', filters: 50 } },
  { name: 'cochleagram-40', words: 'Cochleagram, 40 filters (171 rows, as the 2019 paper says)', value: { name: 'cochleagram', filters: 40 } },
  { name: 'cochleagram-2023', words: 'Cochleagram of 2023, 390 columns', value: { name: 'cochleagram-2023' } },
  { name: 'log-mel', words: 'Log-mel, 96 bands (musicnn)', value: { name: 'log-mel' } },
  { name: 'log-mel-vggish', words: 'Log-mel, 64 bands (VGGish)', value: { name: 'log-mel-vggish' } },
  { name: 'mfcc', words: 'MFCC, framed (DeepSpeech)', value: { name: 'mfcc' } },
]

/** The choice that a card's front end is. */
export function frontEndName(frontEnd: CardDraft['frontEnd']): string {
  const key = JSON.stringify(frontEnd)
  return frontEndChoices.find(({ value }) => JSON.stringify(value) === key)?.name ?? 'none'
}
