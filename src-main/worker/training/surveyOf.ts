import type { ManifestSurvey } from '../../domain/trainingRecords.ts'
import type { Clip } from './manifest.ts'
import { shortName } from './shortName.ts'
import type { HeardFile } from './listenTo.ts'

/** Gather what a manifest says and what was heard in its files. */
export function surveyOf(clips: readonly Clip[], heard: ReadonlyMap<string, HeardFile>): ManifestSurvey {
  const files = [...new Set(clips.map(({ file }) => file))].map((file) => heard.get(file)!)
  const sounds = files.filter((one) => 'durationS' in one)
  const names = (chosen: readonly HeardFile[]): string[] => chosen.map(({ file }) => shortName(file))
  return {
    splits: splitsOf(clips),
    files: files.length,
    durationsS: Float32Array.from(sounds, ({ durationS }) => durationS),
    rates: [...countsOf(sounds.map(({ rateHz }) => rateHz))].map(([rateHz, count]) => ({ rateHz, files: count })).sort((a, b) => a.rateHz - b.rateHz),
    missing: names(files.filter((one) => 'missing' in one)),
    unreadable: files.flatMap((one) => ('unreadable' in one ? [{ file: shortName(one.file), why: one.unreadable }] : [])),
    silent: names(sounds.filter(({ silent }) => silent)),
    clipped: names(sounds.filter(({ clipped }) => clipped)),
  }
}

function splitsOf(clips: readonly Clip[]): ManifestSurvey['splits'] {
  const labels = [...new Set(clips.flatMap((clip) => clip.labels))].sort()
  return [...new Set(clips.map(({ split }) => split))].map((split) => {
    const own = clips.filter((clip) => clip.split === split)
    const counts = countsOf(own.flatMap((clip) => clip.labels))
    return { split, clips: own.length, byLabel: Object.fromEntries(labels.map((label) => [label, counts.get(label) ?? 0])) }
  })
}

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
