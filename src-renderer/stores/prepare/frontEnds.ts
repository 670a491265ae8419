import { cardDraftSchema, type CardDraft } from '../../../src-main/domain/importing.ts'

export interface FrontEndChoice {
  key: string
  words: string
  value: CardDraft['frontEnd']
}

const everyChoice = [
  { words: 'None: the network takes the samples', value: null },
  { words: 'Cochleagram, 50 filters (2019)', value: { name: 'cochleagram', filters: 50 } },
  { words: 'Cochleagram, 40 filters (2019, reduced aliasing)', value: { name: 'cochleagram', filters: 40 } },
  { words: 'Cochleagram of 2023, 390 columns', value: { name: 'cochleagram-2023' } },
  { words: 'Log-mel, 96 bands (musicnn)', value: { name: 'log-mel' } },
  { words: 'Log-mel, 64 bands (VGGish)', value: { name: 'log-mel-vggish' } },
  { words: 'MFCC, framed (DeepSpeech)', value: { name: 'mfcc' } },
]

/** What can come before the first layer of a network for sounds: of the known ones, those a card may name. */
export const frontEndChoices: readonly FrontEndChoice[] = everyChoice.flatMap(({ words, value }) => {
  const parsed = cardDraftSchema.shape.frontEnd.safeParse(value)
  return parsed.success ? [{ words, value: parsed.data, key: frontEndKey(parsed.data) }] : []
})

export function frontEndKey(frontEnd: CardDraft['frontEnd']): string {
  return frontEnd === null ? 'none' : Object.values(frontEnd).join(' ')
}
