import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { MediaError } from '../../domain/errors.ts'
import { parseCsv } from './csv.ts'

/** One line of a manifest: a clip of sound, or a picture, of which only file, label and split are known. */
export interface Clip {
  /** Full path. */
  file: string
  /** Where the clip begins in the file, in seconds; null: the file's middle is the clip's. */
  startS: number | null
  /** Where the word lies in the file; null: all of a file shorter than the clip, else not known. */
  word: { startS: number; endS: number } | null
  labels: string[]
  speaker: string
  split: string
  /** Of the manifest; null: found in a folder. */
  line: number | null
  /** Size of the file; 0 until it was looked for. */
  bytes: number
}

const columns = ['file', 'start', 'label', 'labels', 'speaker', 'split', 'word_start', 'word_end'] as const
type Column = (typeof columns)[number]

/** What a manifest lists. */
export interface Material {
  /** In messages, in the plural. */
  noun: string
  /** Of files in a folder. */
  fileNames: RegExp
  /** In messages. */
  files: string
}

export const sounds: Material = { noun: 'sounds', fileNames: /\.wav$/i, files: 'WAV files' }
export const pictures: Material = { noun: 'pictures', fileNames: /\.(png|jpe?g|webp|gif|tiff?)$/i, files: 'pictures' }

/** Test clips are of two kinds where the manifest tells them apart: of speakers that are trained on, and of others. */
export const splits = ['train', 'validation', 'test', 'test-unseen'] as const
export type Split = (typeof splits)[number]

/** Share of a folder's files that is for validation. */
const validationShare = 0.1

/**
 * Read what there is to train on: a manifest (CSV with the columns file, start, label or labels, speaker, split, word_start, word_end; only
 * file and label or labels must be there), or a folder with a folder of files for each label; these may lie in folders train, validation and test. Paths
 * are relative to the manifest.
 *
 * @throws MediaError naming the line, what was expected and what to do
 */
export async function readManifest(place: string, material: Material = sounds): Promise<Clip[]> {
  const clips = await readClips(place, material)
  return Promise.all(clips.map(async (clip) => ({ ...clip, bytes: await sizeOf(clip, place) })))
}

/**
 * The same without a look at the files, some of which may be missing.
 *
 * @throws MediaError naming the line, what was expected and what to do
 */
export async function readClips(place: string, material: Material = sounds): Promise<Clip[]> {
  const found = await stat(place).catch(() => null)
  if (!found) throw new MediaError(`There is no file or folder "${place}". Give a manifest (CSV), or a folder with a folder for each label.`)
  const clips = found.isDirectory() ? await fromFolder(place, material) : fromCsv(await readFile(place, 'utf8'), place)
  if (clips.length === 0) throw new MediaError(`"${place}" names no ${material.noun}. Give a manifest (CSV) with a line for each, or a folder with a folder of ${material.files} for each label.`)
  return clips
}

/** Each file once, however often it is listed. */
export function filesOf(clips: readonly Clip[]): string[] {
  return [...new Set(clips.map(({ file }) => file))]
}

async function sizeOf({ file, line }: Clip, place: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile()) return found.size
  const where = line === null ? `in the folder "${place}"` : `which line ${line} of "${place}" names`
  throw new MediaError(`There is no file "${file}", ${where}. Put it there, or take the line out.`)
}

export function fromCsv(text: string, place: string): Clip[] {
  const [header = { line: 1, fields: [] }, ...rows] = parseCsv(text)
  const names = header.fields.map((name) => name.toLowerCase())
  if (!names.includes('file') || !(names.includes('label') || names.includes('labels'))) {
    throw new MediaError(`The manifest "${place}" begins with "${header.fields.join(',')}". Its first line must name the columns: file, label or labels, and where known start, speaker, split, word_start, word_end.`)
  }
  return rows.map(({ line, fields }) => clipOf((column) => fields[names.indexOf(column)] || null, place, line))
}

function clipOf(field: (column: Column) => string | null, place: string, line: number): Clip {
  const file = field('file')
  if (!file) throw new MediaError(`Line ${line} of "${place}" names no file. Fill in the column "file", or take the line out.`)
  const seconds = (column: Column): number | null => {
    const text = field(column)
    if (text === null || Number.isFinite(Number(text))) return text === null ? null : Number(text)
    throw new MediaError(`Line ${line} of "${place}" has "${text}" in the column "${column}"; expected seconds, such as 1.25.`)
  }
  const word = wordOf(seconds('word_start'), seconds('word_end'), `Line ${line} of "${place}"`)
  const labels = (field('labels') ?? field('label') ?? '').split(/[;|]/).map((label) => label.trim()).filter(Boolean)
  return {
    file: path.resolve(path.dirname(place), file),
    startS: seconds('start'),
    word,
    labels,
    speaker: field('speaker') ?? '',
    split: field('split') ?? splitOf(file),
    line,
    bytes: 0,
  }
}

/** @param line  for messages, to begin a sentence */
function wordOf(startS: number | null, endS: number | null, line: string): Clip['word'] {
  if (startS === null && endS === null) return null
  if (startS === null || endS === null) throw new MediaError(`${line} has only one of "word_start" and "word_end". Fill in both, or neither.`)
  if (endS <= startS) throw new MediaError(`${line} has a word that starts at ${startS} s and ends at ${endS} s. Correct "word_start" and "word_end".`)
  return { startS, endS }
}

async function fromFolder(folder: string, { fileNames }: Material): Promise<Clip[]> {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.split(path.sep).join('/'))
  return names
    .filter((name) => /^[^/.][^/]*\/./.test(name) && fileNames.test(name))
    .sort()
    .map((name) => ({ file: path.join(folder, name), startS: null, word: null, ...placeOf(name), speaker: '', line: null, bytes: 0 }))
}

/** LABEL/…, or SPLIT/LABEL/…. */
function placeOf(name: string): Pick<Clip, 'labels' | 'split'> {
  const [first, second, third] = name.split('/')
  if (third !== undefined && splits.includes(first as Split)) return { labels: [second!], split: first! }
  return { labels: [first!], split: splitOf(name) }
}

/** Where nothing says which split a file belongs to, its name decides: the same on every machine. */
function splitOf(name: string): string {
  const number = createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32
  return number < validationShare ? 'validation' : 'train'
}
