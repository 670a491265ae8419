import { MediaError } from '../../domain/errors.ts'
import type { DatasetSummary, HeadName, TrainingData } from '../../domain/training.ts'
import type { SoundSize } from '../hearing.ts'
import { sha256 } from '../sha256.ts'
import { backgroundNotices } from './backgroundNotices.ts'
import { isOutside, isWordOutside, outsideText, wordOutsideText } from './clipPlace.ts'
import { eachOf } from './eachOf.ts'
import { contentsOf } from './fileContents.ts'
import { filesOf, readManifest, splits, type Clip, type Split } from './manifest.ts'
import { resampleNotices } from './resampleNotices.ts'
import { shortName } from './shortName.ts'
import { readSoundHeader, type SoundHeader } from './soundHeader.ts'

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
  checkLengths(headers)
  checkPlaces(speech, headers, data.speech, clip)
  const notices = [...dataset.notices, ...resampleNotices([...headers.values()].map(({ rateHz }) => rateHz), clip.sampleRateHz)]
  // Last, since it reads every file.
  return { ...dataset, notices, contents: await contentsOf([speech, scenes]) }
}

function checkLengths(headers: ReadonlyMap<string, SoundHeader>): void {
  for (const [file, { durationS }] of headers) if (durationS === 0) throw new MediaError(`"${file}" is a WAV file with 0 samples. Choose a sound that lasts longer, or take it out.`)
}

/** Where a background's excerpt lies is drawn, so that only words have places. */
function checkPlaces(clips: readonly Clip[], headers: ReadonlyMap<string, SoundHeader>, place: string, size: SoundSize): void {
  for (const clip of clips) {
    const { durationS } = headers.get(clip.file)!
    if (isOutside(clip, durationS, size)) throw new MediaError(outsideText(clip, durationS, `"${place}"`))
    if (isWordOutside(clip, durationS)) throw new MediaError(wordOutsideText(clip, durationS, `"${place}"`))
  }
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

/** What clips or pictures, and their labels, are called in messages. */
interface Nouns {
  one: string
  some: string
  whose: string
  label: string
}

export function checkLabels({ words, clips }: Dataset, place: string, { one, some, whose, label }: Nouns): void {
  for (const { file, labels } of splits.flatMap((split) => clips[split])) {
    if (labels.length !== 1) throw new MediaError(`"${place}" gives "${file}" ${labels.length} labels; ${whose}. Correct it.`)
    if (!words.includes(labels[0]!)) throw new MediaError(`"${place}" gives "${file}" the label "${labels[0]}", which is not in the list of ${label}s (${listed(words)}). Add it there, or correct the label.`)
  }
  for (const split of ['train', 'validation'] as const) {
    if (clips[split].length === 0) throw new MediaError(`"${place}" has no ${some} in the split "${split}", which every training needs. Put some there.`)
    const missing = words.find((word) => !clips[split].some(({ labels }) => labels[0] === word))
    if (missing !== undefined) throw new MediaError(`"${place}" has no ${one} of "${missing}" in the split "${split}": nothing could be ${split === 'train' ? 'learned' : 'judged'} about it. Add some, or take the ${label} out of all splits.`)
  }
}

function checkSounds({ sounds, backgrounds }: Dataset): void {
  if (sounds.length === 0) throw new MediaError('A network with a head of sounds needs labelled backgrounds. Give a manifest of backgrounds, or train the word head alone.')
  for (const split of ['train', 'validation'] as const) {
    const missing = sounds.find((label) => !backgrounds[split].some(({ labels }) => labels.includes(label)))
    if (missing !== undefined) throw new MediaError(`No background of the split "${split}" has the label "${missing}". Add some, or take the label out of all splits.`)
    checkDiffer(backgrounds[split], split)
  }
}

/** Where all have the same labels, no area is defined, so that nothing could be judged. */
function checkDiffer(scenes: readonly Clip[], split: Split): void {
  const kinds = new Set(scenes.map(({ labels }) => labels.toSorted().join()))
  if (kinds.size > 1) return
  throw new MediaError(`All backgrounds of the split "${split}" have the same labels (${listed(scenes[0]!.labels)}), so a head of sounds has nothing to tell apart. Add others, with or without labels, or train the word head alone.`)
}

function listed(words: readonly string[]): string {
  return words.length > 12 ? `${words.slice(0, 12).join(', ')}, … ${words.length} in all` : words.join(', ')
}

/** Of what the manifests say and how long the files are, wherever the folder lies. */
export function hashOf(manifests: readonly Clip[][]): string {
  const told = manifests.map((clips) => clips.map(({ file, line: _, ...rest }) => ({ file: shortName(file), ...rest })))
  return sha256(JSON.stringify(told))
}
