import { splits, type Clip, type Split } from './manifest.ts'

/** What follows where a split has clips of words but no backgrounds. */
const consequences: Readonly<Record<Exclude<Split, 'test-unseen'>, string>> = {
  train: 'the training hears its clips clean',
  validation: 'its clips are heard clean, and its scores are of clean words',
  test: 'the finished network is tested clean only',
}

/**
 * Say what becomes of splits without backgrounds, a sentence each.
 *
 * @param scenes  null where none are wanted
 */
export function backgroundNotices(speech: readonly Clip[], scenes: readonly Clip[] | null): string[] {
  if (scenes === null) return []
  const [heard, mixed] = [speech, scenes].map((clips) => new Set(clips.map(({ split }) => splitOf(split))))
  return splits
    .filter((split) => split !== 'test-unseen')
    .filter((split) => heard!.has(split) && !mixed!.has(split))
    .map((split) => `No background lies in the split "${split}": ${consequences[split]}. Where that is not meant, name splits in a column "split" of the manifest of backgrounds.`)
}

/** Clips of speakers that are not trained on are mixed with the test's backgrounds. */
function splitOf(split: string): string {
  return split === 'test-unseen' ? 'test' : split
}
