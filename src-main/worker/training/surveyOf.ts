import type { PictureSurvey, SoundSurvey } from '../../domain/trainingRecords.ts'
import type { HeardFile } from './listenTo.ts'
import type { SeenFile } from './lookAt.ts'
import { filesOf, splits, type Clip } from './manifest.ts'
import { shortName } from './shortName.ts'

/** Gather what a manifest says and what was heard in its files. */
export function soundSurveyOf(clips: readonly Clip[], heard: ReadonlyMap<string, HeardFile>): SoundSurvey {
  const files = filesOf(clips).map((file) => heard.get(file)!)
  const sounds = files.filter((one) => 'durationS' in one)
  return {
    splits: splitsOf(clips),
    files: files.length,
    ...faultsOf(files),
    durationsS: Float32Array.from(sounds, ({ durationS }) => durationS),
    rates: [...countsOf(sounds.map(({ rateHz }) => rateHz))].map(([rateHz, count]) => ({ rateHz, files: count })).sort((a, b) => a.rateHz - b.rateHz),
    silent: namesOf(sounds.filter(({ silent }) => silent)),
    clipped: namesOf(sounds.filter(({ clipped }) => clipped)),
  }
}

/** Gather what a manifest says and what was seen in its files. @param size  pixels that the network takes */
export function pictureSurveyOf(clips: readonly Clip[], seen: ReadonlyMap<string, SeenFile>, size: { height: number; width: number }): PictureSurvey {
  const files = filesOf(clips).map((file) => seen.get(file)!)
  const pictures = files.filter((one) => 'hash' in one)
  const shared = sharedAmong(clips, new Map(pictures.map(({ file, hash }) => [file, hash])))
  return {
    splits: splitsOf(clips),
    files: files.length,
    ...faultsOf(files),
    sides: Uint32Array.from(pictures, ({ height, width }) => Math.min(height, width)),
    small: namesOf(pictures.filter(({ height, width }) => Math.min(height, width) < Math.min(size.height, size.width))),
    plain: namesOf(pictures.filter(({ plain }) => plain)),
    shared: namesOf(pictures.filter(({ hash }) => shared.has(hash))),
  }
}

/** Hashes of what lies in more than one split. */
function sharedAmong(clips: readonly Clip[], hashes: ReadonlyMap<string, string>): Set<string> {
  const splitOf = new Map<string, string>()
  const shared = new Set<string>()
  for (const { file, split } of clips) {
    const hash = hashes.get(file)
    if (hash === undefined) continue
    if ((splitOf.get(hash) ?? split) !== split) shared.add(hash)
    splitOf.set(hash, split)
  }
  return shared
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
