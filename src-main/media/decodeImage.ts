import sharp, { type Metadata } from 'sharp'
import { MediaError } from '../domain/errors.ts'
import type { ImageSignal } from '../domain/stimulus.ts'
import { describeProfile } from './iccProfile.ts'
import { expectFormat } from './sniff.ts'

export interface DecodedPicture {
  signal: ImageSignal
  /** What was done to it on the way in, one sentence each. */
  notices: string[]
}

const largestMegapixels = 100

/**
 * Decode a picture (PNG, JPEG, WebP, GIF, TIFF) at its own size to RGB in [0, 1].
 * 8-bit sRGB pixels pass unchanged; every other conversion leaves a notice.
 *
 * @throws MediaError when the file is damaged, cut short, above 100 megapixels, or has no 8- or 16-bit pixels
 */
export async function decodeImage(bytes: Uint8Array, fileName: string): Promise<DecodedPicture> {
  expectFormat(bytes, fileName, 'image')
  const metadata = await damageTold(fileName, () => sharp(bytes, { limitInputPixels: false }).metadata())
  checkSize(metadata, fileName)
  checkDepth(metadata, fileName)
  const profile = describeProfile(metadata.icc)
  const { data, info } = await damageTold(fileName, () =>
    // A profile that says sRGB is skipped: converting sRGB to sRGB could only move pixels by rounding.
    sharp(bytes, { limitInputPixels: false, failOn: 'error', ignoreIcc: profile?.isSrgb ?? true })
      .autoOrient()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  )
  const { rgb, transparent } = overWhite(data, info.channels)
  const notices = noticesOf(metadata, profile?.isSrgb ? null : (profile?.name ?? null), transparent)
  return { signal: { kind: 'image', height: info.height, width: info.width, data: rgb }, notices }
}

/** Scale a picture down to fit a square of `maxSide` pixels (never up) and write it as PNG. */
export async function thumbnailPng(picture: ImageSignal, maxSide: number): Promise<Uint8Array> {
  const pixels = Uint8Array.from(picture.data, (x) => Math.round(255 * Math.min(1, Math.max(0, x))))
  const png = await sharp(pixels, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer()
  return new Uint8Array(png)
}

async function damageTold<T>(fileName: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode()
  } catch (cause) {
    throw new MediaError(`"${fileName}" is damaged or cut short: its pixels cannot all be read. Copy it again from its source, or choose another picture.`, { cause })
  }
}

function checkSize({ width, height }: Metadata, fileName: string): void {
  const megapixels = (width * height) / 1e6
  if (megapixels <= largestMegapixels) return
  throw new MediaError(
    `"${fileName}" is too large: ${width} x ${height} are ${megapixels.toFixed(1)} megapixels, at most ${largestMegapixels} can be opened. Crop it or scale it down first.`,
  )
}

function checkDepth({ depth }: Metadata, fileName: string): void {
  if (depth === 'uchar' || depth === 'ushort') return
  throw new MediaError(`"${fileName}" has pixels of type ${depth}; expected 8 or 16 bits per channel. Save it as an 8-bit PNG, choosing yourself how its values map to 0-255.`)
}

/** Scale to [0, 1] and lay transparent pixels over white; what is fully opaque passes unchanged. */
function overWhite(data: Uint8Array, channels: number): { rgb: Float32Array; transparent: boolean } {
  const pixels = data.length / channels
  const rgb = new Float32Array(pixels * 3)
  let transparent = false
  for (let p = 0; p < pixels; p++) {
    const alpha = channels === 4 ? data[p * 4 + 3]! : 255
    transparent ||= alpha < 255
    for (let c = 0; c < 3; c++) {
      // Rounded to the 8 bits that the picture has anyway.
      rgb[p * 3 + c] = Math.round((data[p * channels + c]! * alpha + 255 * (255 - alpha)) / 255) / 255
    }
  }
  return { rgb, transparent }
}

function noticesOf(metadata: Metadata, profile: string | null, transparent: boolean): string[] {
  const grey = metadata.space === 'b-w' || metadata.space === 'grey16'
  const done: Array<readonly [boolean, string]> = [
    [(metadata.pages ?? 1) > 1, `It holds ${metadata.pages} pictures; the first was taken.`],
    [(metadata.orientation ?? 1) > 1, 'It was turned upright, as its EXIF orientation says.'],
    [metadata.depth === 'ushort', 'Its 16 bits per channel were reduced to 8 (the upper ones).'],
    [metadata.space === 'cmyk', 'Its CMYK colours were converted to sRGB.'],
    [metadata.space !== 'cmyk' && profile !== null, `Its colours were converted from the profile "${profile}" to sRGB.`],
    [grey, 'It is greyscale; its values were copied to all three channels.'],
    [transparent, 'It has transparent pixels; they were laid over white.'],
  ]
  return done.filter(([was]) => was).map(([, notice]) => notice)
}
