import { ShapeError } from '../../domain/errors.ts'
import type { ImageSignal } from '../../domain/stimulus.ts'
import { resizeBilinear, type BytePicture } from './resizeBilinear.ts'

export interface PreparedImage {
  /** float32 [height, width, 3], RGB, multiples of 1/255 in [0, 1]. */
  data: Float32Array
  /** What was done, one sentence each. */
  notices: string[]
}

/**
 * Fit a picture to a network's input: crop its centre to the input's proportions (a square of the short side for a square
 * input), then resize it as Pillow does, in 8 bits. Nothing is done silently.
 *
 * @param image   RGB in [0, 1]
 * @param height  of the network's input, pixels
 * @param width   of the network's input, pixels
 * @throws ShapeError when the picture has no pixels, or more or fewer values than its size says
 * @source authors' 2019 code (centre crop of the short side, resize, divide by 255)
 */
export function prepareImage(image: ImageSignal, height: number, width: number): PreparedImage {
  checkSize(image)
  const cropped = cropCentre(toBytes(image), height, width)
  const resized = resizeBilinear(cropped, height, width)
  return {
    data: Float32Array.from(resized.data, (value) => value / 255),
    notices: [...cropNotice(image, cropped), ...resizeNotice(cropped, resized)],
  }
}

function checkSize({ height, width, data }: ImageSignal): void {
  if (height > 0 && width > 0 && data.length === height * width * 3) return
  throw new ShapeError(
    `A picture of ${width} x ${height} pixels needs ${height * width * 3} RGB values and at least one pixel; this one has ${data.length}. Decode it again.`,
  )
}

/** As 8 bits: what a file holds. */
export function toBytes({ height, width, data }: ImageSignal): BytePicture {
  return { height, width, data: Uint8Array.from(data, (value) => Math.round(255 * Math.min(Math.max(value, 0), 1))) }
}

/** The largest centred part with the proportions asked for; odd remainders leave the extra pixel right and below. */
function cropCentre(picture: BytePicture, targetHeight: number, targetWidth: number): BytePicture {
  const width = Math.min(picture.width, Math.max(1, Math.round((picture.height * targetWidth) / targetHeight)))
  const height = Math.min(picture.height, Math.max(1, Math.round((picture.width * targetHeight) / targetWidth)))
  const left = Math.floor((picture.width - width) / 2)
  const top = Math.floor((picture.height - height) / 2)
  const data = new Uint8Array(height * width * 3)
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * picture.width + left) * 3
    data.set(picture.data.subarray(from, from + width * 3), row * width * 3)
  }
  return { height, width, data }
}

function cropNotice(image: ImageSignal, cropped: BytePicture): string[] {
  if (image.width === cropped.width && image.height === cropped.height) return []
  return [`Cropped from ${size(image)} to its central ${size(cropped)} pixels.`]
}

function resizeNotice(cropped: BytePicture, resized: BytePicture): string[] {
  if (cropped.width === resized.width && cropped.height === resized.height) return []
  if (cropped.width < resized.width) return [`Enlarged from ${size(cropped)} to ${size(resized)} pixels: it is smaller than the network's input, so it looks blurred.`]
  return [`Resized from ${size(cropped)} to ${size(resized)} pixels.`]
}

function size({ width, height }: { width: number; height: number }): string {
  return `${width} x ${height}`
}
