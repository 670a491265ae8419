import type { SoundSize } from '../hearing.ts'
import type { Clip } from './manifest.ts'

type PlacedClip = Pick<Clip, 'file' | 'line' | 'startS' | 'word'>

/** Where a clip begins in its file, in seconds; before it where the file is shorter. @param size  its length */
export function clipStartS({ startS }: Pick<Clip, 'startS'>, durationS: number, size: SoundSize): number {
  return startS ?? (durationS - size.samples / size.sampleRateHz) / 2
}

/**
 * What is wrong with where a clip or its word lies, as a sentence; null where nothing is.
 *
 * @param durationS  of its file
 * @param size       the clip's length
 * @param manifest   e.g. "the manifest", or its name in quotes
 */
export function misplacedText(clip: PlacedClip, durationS: number, size: SoundSize, manifest: string): string | null {
  const { file, line, startS, word } = clip
  const [fromS, clipS] = [clipStartS(clip, durationS, size), size.samples / size.sampleRateHz]
  const toS = fromS + clipS
  const begin = `Line ${line} of ${manifest}`
  if (startS !== null && (startS >= durationS || toS <= 0)) {
    return `${begin} lets a clip of "${file}" start at ${startS} s, where the file has ${rounded(durationS)} s. Are the times in seconds? Correct the column "start".`
  }
  if (word === null) return null
  const wordText = `${begin} has the word of "${file}" from ${word.startS} to ${word.endS} s`
  if (word.startS >= durationS || word.endS <= 0) return `${wordText}, where the file has ${rounded(durationS)} s. Are the times in seconds? Correct "word_start" and "word_end".`
  if (word.startS < toS && word.endS > fromS) return null
  const which = startS === null ? "the file's middle" : 'the clip'
  return `${wordText}, and ${which}, ${rounded(fromS)} to ${rounded(toS)} s, holds nothing of it. Let "start" be half the clip's ${clipS} s before the word's middle.`
}

function rounded(seconds: number): number {
  return Number(seconds.toFixed(3))
}
