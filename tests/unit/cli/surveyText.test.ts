import { expect, it } from 'vitest'
import { surveyText } from '../../../src-main/cli/surveyText.ts'
import type { SoundSurvey } from '../../../src-main/domain/trainingRecords.ts'

const speech: SoundSurvey = {
  source: { name: 'speech.csv', hash: 'a'.repeat(64) },
  splits: [{ split: 'train', clips: 3, byLabel: { one: 2, three: 1 } }, { split: 'validation', clips: 1, byLabel: { one: 1, three: 0 } }],
  files: 4, durationsS: Float32Array.of(2, 0.5, 1), rates: [{ rateHz: 8000, files: 1 }, { rateHz: 20_000, files: 2 }], missing: ['d/a.wav'], unreadable: [], silent: [], clipped: [],
  outside: ['Line 7 of the manifest lets a clip of "d/d.wav" start at 2500 s.'], shared: ['d/b.wav', 'd/c.wav'],
}

it('counts sounds by split and label, and names what is wrong with them', () => {
  expect(surveyText({ kind: 'words', speech, backgrounds: null, notices: ['No background lies in the split "test".'] })).toBe(
    [
      'Words: 4 files, 0.1 min; from 0.50 to 2.00 s, half of them up to 1.00 s; 1 at 8 kHz, 2 at 20 kHz.',
      '       train  validation',
      'one    2      1',
      'three  1      0',
      'all    3      1',
      '1 file missing:', '  d/a.wav', 'none unreadable', 'none silent', 'none clipped',
      '1 clip outside their file or without their word:', '  Line 7 of the manifest lets a clip of "d/d.wav" start at 2500 s.',
      '2 files in several splits:', '  d/b.wav', '  d/c.wav',
      '', 'No background lies in the split "test".', '',
    ].join('\n'),
  )
})

it('tells the rarest and the most frequent of many labels, and the first of many files', () => {
  const byLabel = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`label ${i}`, i + 1]))
  const shared = Array.from({ length: 25 }, (_, i) => `${i}.png`)
  const text = surveyText({ kind: 'pictures', pictures: { source: { name: 'birds', hash: null }, splits: [{ split: 'train', clips: 5050, byLabel }], files: 5050, sides: Uint32Array.of(300, 100), missing: [], unreadable: [], small: [], plain: [], shared }, notices: ['The weights of "toy" are random.'] })
  expect(text).toMatch(/^Pictures: 5050 files; shorter sides from 100 to 300 pixels\.\n +train\nrarest label +1\nmost frequent +100\nall 100 labels +5050\n/)
  expect(text).toMatch(/25 files in several splits:\n( {2}\d+\.png\n){20} {2}and 5 more\n\nThe weights of "toy" are random\.\n$/)
})
