/** 8-bit RGB, row-major, channels last. */
export interface BytePicture {
  height: number
  width: number
  data: Uint8Array
}

/** Fixed-point bits of Pillow's weights. */
const precisionBits = 22

/** Weights of the source pixels from `start` on that make one pixel of the result. */
interface Taps {
  start: number
  weights: Int32Array
}

/**
 * Resize as Pillow's BILINEAR does, bit for bit: a triangle filter whose support grows with the reduction (so it
 * does not alias), columns first, then rows, rounded to 8 bits after each.
 *
 * @source Pillow, Resample.c (behaviour reproduced)
 */
export function resizeBilinear(picture: BytePicture, height: number, width: number): BytePicture {
  return resizeRows(resizeColumns(picture, width), height)
}

function resizeColumns(picture: BytePicture, width: number): BytePicture {
  if (picture.width === width) return picture
  const data = new Uint8Array(picture.height * width * 3)
  triangleTaps(picture.width, width).forEach((taps, column) => {
    for (let row = 0; row < picture.height; row++) {
      const from = (row * picture.width + taps.start) * 3
      for (let c = 0; c < 3; c++) data[(row * width + column) * 3 + c] = weigh(picture.data, from + c, 3, taps.weights)
    }
  })
  return { height: picture.height, width, data }
}

function resizeRows(picture: BytePicture, height: number): BytePicture {
  if (picture.height === height) return picture
  const rowLength = picture.width * 3
  const data = new Uint8Array(height * rowLength)
  triangleTaps(picture.height, height).forEach((taps, row) => {
    for (let i = 0; i < rowLength; i++) data[row * rowLength + i] = weigh(picture.data, taps.start * rowLength + i, rowLength, taps.weights)
  })
  return { height, width: picture.width, data }
}

/** Weighted sum of pixels `step` apart, rounded to 8 bits. */
function weigh(data: Uint8Array, first: number, step: number, weights: Int32Array): number {
  let sum = 1 << (precisionBits - 1)
  for (let i = 0; i < weights.length; i++) sum += data[first + i * step]! * weights[i]!
  return Math.min(sum >> precisionBits, 255)
}

/** Triangle filter of each of `to` pixels over `from` pixels. */
function triangleTaps(from: number, to: number): Taps[] {
  const scale = from / to
  const support = Math.max(scale, 1)
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - support + 0.5))
    const end = Math.min(from, Math.trunc(centre + support + 0.5))
    const raw = Array.from({ length: end - start }, (_, j) => Math.max(0, 1 - Math.abs((start + j - centre + 0.5) / support)))
    const sum = raw.reduce((a, b) => a + b)
    return { start, weights: Int32Array.from(raw, (w) => Math.trunc((w / sum) * 2 ** precisionBits + 0.5)) }
  })
}
