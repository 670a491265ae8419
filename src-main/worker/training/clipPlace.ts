import type { SoundSize } from '../hearing.ts'
import type { Clip } from './manifest.ts'

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
  return `Line ${line} of ${manifest} lets a clip of "${file}" start at ${startS} s, where the file has ${Number(durationS.toFixed(3))} s. Are the times in seconds? Correct the column "start".`
}
