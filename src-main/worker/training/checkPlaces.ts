import { MediaError } from '../../domain/errors.ts'
import type { SoundSize } from '../hearing.ts'
import { clipStartS, misplacedText } from './clipPlace.ts'
import type { Clip } from './manifest.ts'
import type { SoundHeader } from './soundHeader.ts'

/**
 * Whether every file lasts, and clips and words lie where there is sound. Where a background's excerpt lies is drawn, so that only words have places.
 *
 * @param headers  of each file, those of backgrounds among them
 * @param place    of the manifest, for messages
 * @throws MediaError naming the file or line
 */
export function checkPlaces(clips: readonly Clip[], headers: ReadonlyMap<string, SoundHeader>, place: string, size: SoundSize): void {
  for (const [file, { durationS }] of headers) if (durationS === 0) throw new MediaError(`"${file}" is a WAV file with 0 samples. Choose a sound that lasts longer, or take it out.`)
  for (const clip of clips) {
    const wrong = misplacedText(clip, headers.get(clip.file)!.durationS, size, `"${place}"`)
    if (wrong !== null) throw new MediaError(wrong)
  }
}

/** Say how many clips are not moved since their word does not cover their centre, as a sentence. */
export function centreNotices(clips: readonly Clip[], headers: ReadonlyMap<string, SoundHeader>, size: SoundSize): string[] {
  const halfS = size.samples / size.sampleRateHz / 2
  const beside = clips.filter((clip) => {
    const centreS = clipStartS(clip, headers.get(clip.file)!.durationS, size) + halfS
    return clip.word !== null && (centreS < clip.word.startS || centreS > clip.word.endS)
  }).length
  if (beside === 0) return []
  const clipsHave = beside === 1 ? '1 clip has its word' : `${beside} clips have their words`
  return [`${clipsHave} beside the centre, and ${beside === 1 ? 'is' : 'are'} not moved. Where that is not meant, correct "start", "word_start" or "word_end" in the manifest of words.`]
}
