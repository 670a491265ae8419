import { expect, it } from 'vitest'
import { backgroundNotices } from '../../../../src-main/worker/training/backgroundNotices.ts'
import type { Clip } from '../../../../src-main/worker/training/manifest.ts'

const clipsIn = (...splits: string[]) => splits.map((split): Clip => ({ file: 'a.wav', startS: null, word: null, labels: ['one'], speaker: '', split, line: 2, bytes: 1 }))

it('takes the backgrounds of the test for speakers that are not trained on, and says of others that they are not used', () => {
  const speech = clipsIn('train', 'validation', 'test-unseen')
  expect(backgroundNotices(speech, clipsIn('train', 'validation', 'test'))).toEqual([])
  expect(backgroundNotices(speech, clipsIn('train', 'validation', 'test-unseen'))).toEqual([
    expect.stringMatching(/^No background lies in the split "test": the finished network is tested clean only\./),
    'The backgrounds in the split "test-unseen" are not used: clips of speakers that are not trained on are mixed with those of the split "test". Put them there.',
  ])
})

it('says nothing where no backgrounds are wanted', () => {
  expect(backgroundNotices(clipsIn('train', 'validation'), null)).toEqual([])
})
