import { splits, type Clip, type Split } from './manifest.ts'

/** What follows where a split has clips of words but no backgrounds. */
const consequences: Readonly<Record<Exclude<Split, 'test-unseen'>, string>> = {
  train: 'the training hears its clips clean',
  validation: 'its clips are heard clean, and its scores are of clean words',
  test: 'the finished network is tested clean only',
}

/**
 * Say what becomes of splits without backgrounds, and of backgrounds that are in no split that is mixed from, a sentence each.
 *
 * @param scenes  null where none are wanted
 */
export function backgroundNotices(speech: readonly Clip[], scenes: readonly Clip[] | null): string[] {
  if (scenes === null) return []
  // Clips of speakers that are not trained on are mixed with the test's backgrounds.
  const heard = new Set(speech.map(({ split }) => (split === 'test-unseen' ? 'test' : split)))
  const mixed = new Set(scenes.map(({ split }) => split))
  const missing = splits.filter((split) => split !== 'test-unseen').filter((split) => heard.has(split) && !mixed.has(split))
  return [
    ...missing.map((split) => `No background lies in the split "${split}": ${consequences[split]}. Where that is not meant, name splits in a column "split" of the manifest of backgrounds.`),
    ...(mixed.has('test-unseen') ? ['The backgrounds in the split "test-unseen" are not used: clips of speakers that are not trained on are mixed with those of the split "test". Put them there.'] : []),
  ]
}
