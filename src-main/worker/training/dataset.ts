import { MediaError } from '../../domain/errors.ts'
import type { DatasetSummary } from '../../domain/training.ts'
import type { HeadName, TrainingData } from '../../domain/trainingPlan.ts'
import type { SoundSize } from '../hearing.ts'
import { sha256 } from '../sha256.ts'
import { backgroundNotices } from './backgroundNotices.ts'
import { checkLabels, checkSounds } from './checkLabels.ts'
import { centreNotices, checkPlaces } from './checkPlaces.ts'
import { eachOf } from './eachOf.ts'
import { contentsOf } from './fileContents.ts'
import { filesOf, readManifest, splits, type Clip, type Split } from './manifest.ts'
import { resampleNotices } from './resampleNotices.ts'
import { shortName } from './shortName.ts'
import { readSoundHeader } from './soundHeader.ts'

/** Files whose beginnings are read at once. */
const filesAtOnce = 8

/** Clips or pictures to train on and to judge by, checked. */
export interface Dataset {
  /** Or the labels of the pictures. */
  words: string[]
  /** Labels of the backgrounds. */
  sounds: string[]
  clips: Record<Split, Clip[]>
  backgrounds: Record<Split, Clip[]>
  /** SHA-256 of what the manifests say, with the files' sizes. */
  hash: string
  /** SHA-256 of what is in the files. */
  contents: string
  /** What a person may not expect of them, a sentence each. */
  notices: string[]
}

/**
 * Read the manifests and check that they fit the network that is asked for.
 *
 * @param clip  what the network takes
 * @throws MediaError naming the clip, class or split that does not fit, and what to do
 */
export async function openDataset(data: TrainingData, heads: readonly HeadName[], clip: SoundSize): Promise<Dataset> {
  const speech = await readManifest(data.speech)
  const scenes = data.backgrounds === null ? [] : await readManifest(data.backgrounds)
  const words = data.words ?? labelsOf(speech)
  const sounds = labelsOf(scenes)
  const [clips, backgrounds] = [bySplit(speech, data.speech), bySplit(scenes, data.backgrounds ?? '')]
  const dataset: Dataset = { words, sounds, clips, backgrounds, hash: hashOf([speech, scenes]), contents: '', notices: backgroundNotices(speech, data.backgrounds === null ? null : scenes) }
  checkLabels(dataset, data.speech, { one: 'clip', some: 'clips', whose: 'a clip of speech has one, the word at its centre', label: 'word' })
  if (heads.includes('word') && words.length < 2) throw new MediaError(`"${data.speech}" has only the word "${words[0]}"; a network tells at least two apart. Add clips of another, or train a head of sounds.`)
  if (heads.includes('sounds')) checkSounds(dataset)
  const headers = await eachOf(filesOf([...speech, ...scenes]), filesAtOnce, readSoundHeader)
  checkPlaces(speech, headers, data.speech, clip)
  const notices = [...dataset.notices, ...centreNotices(speech, headers, clip), ...resampleNotices([...headers.values()].map(({ rateHz }) => rateHz), clip.sampleRateHz)]
  // Last, since it reads every file.
  return { ...dataset, notices, contents: await contentsOf([speech, scenes]) }
}

export function summaryOf({ words, sounds, clips, backgrounds, hash, notices }: Dataset): DatasetSummary {
  const used = splits.filter((split) => clips[split].length > 0)
  return {
    words,
    sounds,
    splits: used.map((split) => ({
      split,
      clips: clips[split].length,
      byWord: Object.fromEntries(words.map((word) => [word, clips[split].filter(({ labels }) => labels[0] === word).length])),
      speakers: [...new Set(clips[split].map(({ speaker }) => speaker).filter(Boolean))].sort(),
    })),
    backgrounds: Object.fromEntries(splits.map((split) => [split, backgrounds[split].length])),
    hash,
    notices,
  }
}

export function labelsOf(clips: readonly Clip[]): string[] {
  return [...new Set(clips.flatMap(({ labels }) => labels))].sort()
}

export function bySplit(clips: readonly Clip[], place: string): Record<Split, Clip[]> {
  const stray = clips.find(({ split }) => !splits.includes(split as Split))
  if (stray) throw new MediaError(`"${place}" puts "${stray.file}" into the split "${stray.split}"; the splits are ${splits.join(', ')}. Correct it.`)
  return Object.fromEntries(splits.map((split) => [split, clips.filter((clip) => clip.split === split)])) as Record<Split, Clip[]>
}

/** Of what the manifests say and how long the files are, wherever the folder lies. */
export function hashOf(manifests: readonly Clip[][]): string {
  const told = manifests.map((clips) => clips.map(({ file, line: _, ...rest }) => ({ file: shortName(file), ...rest })))
  return sha256(JSON.stringify(told))
}
