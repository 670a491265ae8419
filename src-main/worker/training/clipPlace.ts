import type { SoundSize } from '../hearing.ts'
import type { Clip } from './manifest.ts'

/** Where a clip begins in its file, in seconds; before it where the file is shorter. @param size  its length */
export function clipStartS({ startS }: Pick<Clip, 'startS'>, durationS: number, size: SoundSize): number {
  return startS ?? (durationS - size.samples / size.sampleRateHz) / 2
}

/** Whether no sample of the file lies in the clip. @param clip  its length */
export function isOutside({ startS }: Pick<Clip, 'startS'>, durationS: number, clip: SoundSize): boolean {
  return startS !== null && (startS >= durationS || startS + clip.samples / clip.sampleRateHz <= 0)
}

/**
 * What is wrong with a clip outside its file, as a sentence.
 *
 * @param manifest  e.g. "the manifest", or its name in quotes
 */
export function outsideText({ file, line, startS }: Pick<Clip, 'file' | 'line' | 'startS'>, durationS: number, manifest: string): string {
  return `Line ${line} of ${manifest} lets a clip of "${file}" start at ${startS} s, where the file has ${rounded(durationS)} s. Are the times in seconds? Correct the column "start".`
}

/** Whether no sample of the file lies in the word. */
export function isWordOutside({ word }: Pick<Clip, 'word'>, durationS: number): boolean {
  return word !== null && (word.startS >= durationS || word.endS <= 0)
}

/** What is wrong with a word outside its file, as a sentence. @param manifest  as in `outsideText` */
export function wordOutsideText({ file, line, word }: Pick<Clip, 'file' | 'line' | 'word'>, durationS: number, manifest: string): string {
  return `Line ${line} of ${manifest} has the word of "${file}" from ${word!.startS} to ${word!.endS} s, where the file has ${rounded(durationS)} s. Are the times in seconds? Correct "word_start" and "word_end".`
}

/** Whether nothing of the word lies in the clip. */
export function isWordBeside(clip: Pick<Clip, 'startS' | 'word'>, durationS: number, size: SoundSize): boolean {
  const startS = clipStartS(clip, durationS, size)
  return clip.word !== null && (clip.word.startS >= startS + size.samples / size.sampleRateHz || clip.word.endS <= startS)
}

/** What is wrong with a word beside its clip, as a sentence. @param manifest  as in `outsideText` */
export function wordBesideText(clip: Pick<Clip, 'file' | 'line' | 'startS' | 'word'>, durationS: number, manifest: string, size: SoundSize): string {
  const { file, line, startS, word } = clip
  const [fromS, clipS] = [clipStartS(clip, durationS, size), size.samples / size.sampleRateHz]
  const which = startS === null ? "the file's middle" : 'the clip'
  return `Line ${line} of ${manifest} has the word of "${file}" from ${word!.startS} to ${word!.endS} s, and ${which}, ${rounded(fromS)} to ${rounded(fromS + clipS)} s, holds nothing of it. Let "start" be half the clip's ${clipS} s before the word's middle.`
}

function rounded(seconds: number): number {
  return Number(seconds.toFixed(3))
}
