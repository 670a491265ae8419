import { MediaError } from '../domain/errors.ts'

/** What a stimulus file holds, told from its first bytes; the file name is only quoted, never believed. */
export type StimulusFormat = 'image' | 'audio' | 'array'

/** What each is called, and the files that hold it. */
const kinds: Readonly<Record<StimulusFormat, { noun: string; files: string }>> = {
  image: { noun: 'a picture', files: 'PNG, JPEG, WebP, GIF or TIFF' },
  audio: { noun: 'a sound', files: 'WAV' },
  array: { noun: 'an array', files: 'NPY' },
}

/** Signatures as Latin-1 text; '.' stands for any byte. */
const accepted: ReadonlyArray<readonly [signature: string, format: StimulusFormat]> = [
  ['\x89PNG\r\n\x1a\n', 'image'],
  ['\xff\xd8\xff', 'image'],
  ['GIF87a', 'image'],
  ['GIF89a', 'image'],
  ['II*\0', 'image'],
  ['MM\0*', 'image'],
  ['II+\0', 'image'],
  ['MM\0+', 'image'],
  ['RIFF....WEBP', 'image'],
  ['RIFF....WAVE', 'audio'],
  ['RF64....WAVE', 'audio'],
  ['\x93NUMPY', 'array'],
]

/** Files that people bring and that need converting first: what they hold, and into what to convert. */
const convertible: ReadonlyArray<readonly [signature: string, holds: string, convertTo: 'PNG' | 'WAV']> = [
  ['BM', 'a BMP picture', 'PNG'],
  ['....ftypavif', 'an AVIF picture', 'PNG'],
  ['....ftyphei', 'a HEIC picture', 'PNG'],
  ['....ftypmif1', 'a HEIC picture', 'PNG'],
  ['%PDF', 'a PDF document', 'PNG'],
  ['ID3', 'an MP3 sound', 'WAV'],
  ['\xff\xfb', 'an MP3 sound', 'WAV'],
  ['\xff\xf3', 'an MP3 sound', 'WAV'],
  ['fLaC', 'a FLAC sound', 'WAV'],
  ['OggS', 'an Ogg sound', 'WAV'],
  ['FORM....AIF', 'an AIFF sound', 'WAV'],
  ['RIFX....WAVE', 'a big-endian WAV sound', 'WAV'],
  ['....ftypM4A', 'an M4A sound', 'WAV'],
  ['....ftyp', 'an MP4 film', 'WAV'],
]

/**
 * Tell what a stimulus file holds, by content.
 *
 * @throws MediaError when it is empty, needs converting first, or is none of the known kinds
 */
export function sniffStimulus(bytes: Uint8Array, fileName: string): StimulusFormat {
  const [image, audio, array] = [kinds.image, kinds.audio, kinds.array].map(({ noun, files }) => `${noun} (${files})`)
  return sniff(bytes, fileName, `a stimulus: expected ${image}, ${audio} or ${array}`)
}

/** @throws MediaError when the file holds another kind than the caller can use */
export function expectFormat(bytes: Uint8Array, fileName: string, format: StimulusFormat): void {
  const { noun, files } = kinds[format]
  const found = sniff(bytes, fileName, `${noun}: expected ${files}`)
  if (found === format) return
  throw new MediaError(`"${fileName}" holds ${kinds[found].noun}, where ${noun} is expected. Choose another file.`)
}

/** @param wanted  what it should have been, to be read after "is not" */
function sniff(bytes: Uint8Array, fileName: string, wanted: string): StimulusFormat {
  if (bytes.length === 0) {
    throw new MediaError(`"${fileName}" is empty (0 bytes). Choose another file, or copy it again from its source.`)
  }
  const start = latin1(bytes.subarray(0, 16))
  const known = accepted.find(([signature]) => matches(start, signature))
  if (known) return known[1]
  const other = convertible.find(([signature]) => matches(start, signature))
  if (other) {
    const [, holds, convertTo] = other
    throw new MediaError(`"${fileName}" holds ${holds}, which cannot be read here. Convert it to ${convertTo} and choose that.`)
  }
  throw new MediaError(`"${fileName}" is not ${wanted}. Choose another file, or convert it first.`)
}

function matches(start: string, signature: string): boolean {
  return start.length >= signature.length && [...signature].every((c, i) => c === '.' || c === start[i])
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
