import { decode, encode } from 'fast-png'
import type { QuantisedSignal } from '../domain/stimulus.ts'
import { concat, fourCharacters, view } from './bytes.ts'

export type QuantisedPicture = Extract<QuantisedSignal, { kind: 'image' }>

/** Keyword of the text chunk that holds the settings of an exported picture. */
export const settingsKeyword = 'metamer-lab'

/**
 * Write a picture as 8-bit RGB PNG, with text chunks (tEXt).
 *
 * @param text  by keyword (1 to 79 characters); both Latin-1, e.g. from `settingsText`
 */
export function encodePng(picture: QuantisedPicture, text: Readonly<Record<string, string>>): Uint8Array {
  const { width, height, data } = picture
  return textAheadOfPixels(encode({ width, height, data, channels: 3, depth: 8, text: { ...text } }, { zlib: { level: 9 } }))
}

/** The text chunks of a PNG, by keyword. */
export function readPngText(bytes: Uint8Array): Record<string, string> {
  return decode(bytes).text
}

/** fast-png writes text last, where readers that stop at the first pixel do not see it. */
function textAheadOfPixels(png: Uint8Array): Uint8Array {
  const chunks = pngChunks(png)
  const isText = (chunk: Uint8Array) => fourCharacters(chunk, 4) === 'tEXt'
  const [header, ...others] = chunks.filter((c) => !isText(c))
  return concat([png.subarray(0, 8), header!, ...chunks.filter(isText), ...others])
}

/** Whole chunks: length, type, body and checksum. */
function pngChunks(png: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 8; at < png.length; at += chunks.at(-1)!.length) {
    chunks.push(png.subarray(at, at + 12 + view(png).getUint32(at)))
  }
  return chunks
}
