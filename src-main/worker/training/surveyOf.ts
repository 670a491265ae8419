import type { PictureSurvey, SoundSurvey } from '../../domain/trainingRecords.ts'
import type { SoundSize } from '../hearing.ts'
import { misplacedText } from './clipPlace.ts'
import type { HeardFile } from './listenTo.ts'
import type { SeenFile } from './lookAt.ts'
import { filesOf, splits, type Clip } from './manifest.ts'
import { shortName } from './shortName.ts'

/** Gather what a manifest says and what was heard in its files. @param size  of the clips */
export function soundSurveyOf(clips: readonly Clip[], heard: ReadonlyMap<string, HeardFile>, size: SoundSize): Omit<SoundSurvey, 'source'> {
  const files = filesOf(clips).map((file) => heard.get(file)!)
  const sounds = files.filter((one) => 'durationS' in one)
  return {
    splits: splitsOf(clips),
    files: files.length,
    ...faultsOf(files),
    shared: sharedAmong(clips, sounds),
    outside: outsideAmong(clips, new Map(sounds.map(({ file, durationS }) => [file, durationS])), size),
    durationsS: Float32Array.from(sounds, ({ durationS }) => durationS),
    rates: [...countsOf(sounds.map(({ rateHz }) => rateHz))].map(([rateHz, count]) => ({ rateHz, files: count })).sort((a, b) => a.rateHz - b.rateHz),
    silent: namesOf(sounds.filter(({ silent }) => silent)),
    clipped: namesOf(sounds.filter(({ clipped }) => clipped)),
  }
}

/** Gather what a manifest says and what was seen in its files. @param size  pixels that the network takes */
export function pictureSurveyOf(clips: readonly Clip[], seen: ReadonlyMap<string, SeenFile>, size: { height: number; width: number }): Omit<PictureSurvey, 'source'> {
  const files = filesOf(clips).map((file) => seen.get(file)!)
  const pictures = files.filter((one) => 'hash' in one)
  return {
    splits: splitsOf(clips),
    files: files.length,
    ...faultsOf(files),
    shared: sharedAmong(clips, pictures),
    sides: Uint32Array.from(pictures, ({ height, width }) => Math.min(height, width)),
    small: namesOf(pictures.filter(({ height, width }) => Math.min(height, width) < Math.min(size.height, size.width))),
    plain: namesOf(pictures.filter(({ plain }) => plain)),
  }
}

/** What lies in more than one split: the same bytes, of sounds from the same time on. */
function sharedAmong(clips: readonly Clip[], files: ReadonlyArray<{ file: string; hash: string }>): string[] {
  const hashes = new Map(files.map(({ file, hash }) => [file, hash]))
  const contentOf = ({ file, startS }: Clip): string => `${hashes.get(file)} from ${startS}`
  const known = clips.filter(({ file }) => hashes.has(file))
  const splitOf = new Map<string, string>()
  const shared = new Set<string>()
  for (const clip of known) {
    const content = contentOf(clip)
    if ((splitOf.get(content) ?? clip.split) !== clip.split) shared.add(content)
    splitOf.set(content, clip.split)
  }
  return filesOf(known.filter((clip) => shared.has(contentOf(clip)))).map(shortName)
}

function outsideAmong(clips: readonly Clip[], durationsS: ReadonlyMap<string, number>, size: SoundSize): string[] {
  return clips.flatMap((clip) => {
    const durationS = durationsS.get(clip.file)
    const wrong = durationS === undefined ? null : misplacedText({ ...clip, file: shortName(clip.file) }, durationS, size, 'the manifest')
    return wrong === null ? [] : [wrong]
  })
}

function namesOf(files: ReadonlyArray<{ file: string }>): string[] {
  return files.map(({ file }) => shortName(file))
}

function faultsOf(files: ReadonlyArray<HeardFile | SeenFile>): Pick<SoundSurvey, 'missing' | 'unreadable'> {
  return {
    missing: namesOf(files.filter((one) => 'missing' in one)),
    unreadable: files.flatMap((one) => ('unreadable' in one ? [{ file: shortName(one.file), why: one.unreadable }] : [])),
  }
}

function splitsOf(clips: readonly Clip[]): SoundSurvey['splits'] {
  const labels = [...new Set(clips.flatMap((clip) => clip.labels))].sort()
  return [...new Set(clips.map(({ split }) => split))].sort((a, b) => placeOf(a) - placeOf(b)).map((split) => {
    const own = clips.filter((clip) => clip.split === split)
    const counts = countsOf(own.flatMap((clip) => clip.labels))
    return { split, clips: own.length, byLabel: Object.fromEntries(labels.map((label) => [label, counts.get(label) ?? 0])) }
  })
}

/** What is no split comes first, to be seen. */
function placeOf(split: string): number {
  return splits.findIndex((known) => known === split)
}

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
