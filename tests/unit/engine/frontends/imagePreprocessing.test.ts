import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import type { ImageSignal } from '../../../../src-main/domain/stimulus.ts'
import { prepareImage } from '../../../../src-main/engine/frontends/imagePreprocessing.ts'
import { dataPath, maxAbsDifference, readFloat32 } from '../../../helpers/data.ts'

/** A picture whose every pixel is `value(row, column)` in all three channels. */
function picture(height: number, width: number, value: (row: number, column: number) => number): ImageSignal {
  const data = Float32Array.from({ length: height * width * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return value(Math.floor(pixel / width), pixel % width)
  })
  return { kind: 'image', height, width, data }
}

async function decode(file: string): Promise<ImageSignal> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { kind: 'image', height: info.height, width: info.width, data: Float32Array.from(data, (v) => v / 255) }
}

describe('prepareImage', () => {
  it('refuses a picture whose values do not fill its size', () => {
    expect(() => prepareImage({ kind: 'image', height: 2, width: 3, data: new Float32Array(12) }, 224, 224)).toThrow(
      new ShapeError('A picture of 3 x 2 pixels needs 18 RGB values and at least one pixel; this one has 12. Decode it again.'),
    )
  })

  it('refuses a picture without pixels', () => {
    expect(() => prepareImage(picture(0, 5, () => 0), 224, 224)).toThrow(ShapeError)
  })

  // Golden: Pillow's centre crop and bilinear resize of scikit-image's pictures.
  it.each([
    ['chelsea', 'cat', ['Cropped from 451 x 300 to its central 300 x 300 pixels.', 'Resized from 300 x 300 to 224 x 224 pixels.']],
    ['coffee', 'coffee', ['Cropped from 600 x 400 to its central 400 x 400 pixels.', 'Resized from 400 x 400 to 224 x 224 pixels.']],
  ])('gives exactly what Pillow gives for %s.png, and says what it did', async (file, golden, notices) => {
    const prepared = prepareImage(await decode(dataPath(`data/free/${file}.png`)!), 224, 224)
    expect(maxAbsDifference(prepared.data, readFloat32(dataPath(`golden/efficientnet_lite0_${golden}_input.f32`)!))).toBe(0)
    expect(prepared.notices).toEqual(notices)
  })

  it('leaves a picture of the right size alone, without a notice', () => {
    const image = picture(4, 4, (row, column) => (row * 4 + column) / 255)
    expect(prepareImage(image, 4, 4)).toEqual({ data: image.data, notices: [] })
  })

  it('enlarges a small picture and says that it looks blurred', () => {
    // Two pixels to four: centres at 0.25, 0.75, 1.25, 1.75 of pixels centred at 0.5 and 1.5; the outer two see one pixel only.
    const { data, notices } = prepareImage(picture(2, 2, (_, column) => (column ? 200 : 100) / 255), 4, 4)
    const firstRow = [0, 1, 2, 3].map((column) => Math.round(data[column * 3]! * 255))
    expect(firstRow).toEqual([100, 125, 175, 200])
    expect(notices).toEqual(["Enlarged from 2 x 2 to 4 x 4 pixels: it is smaller than the network's input, so it looks blurred."])
  })

  it('crops the centre of a tall picture', () => {
    const { data, notices } = prepareImage(picture(5, 2, (row) => row / 255), 2, 2)
    // Three rows remain: one goes above, two below.
    expect([data[0]! * 255, data[6]! * 255].map(Math.round)).toEqual([1, 2])
    expect(notices).toEqual(['Cropped from 2 x 5 to its central 2 x 2 pixels.'])
  })

  it('crops to the proportions of an input that is not square', () => {
    const { data, notices } = prepareImage(picture(4, 4, (row) => row / 255), 2, 4)
    expect(data.length).toBe(2 * 4 * 3)
    expect(notices).toEqual(['Cropped from 4 x 4 to its central 4 x 2 pixels.'])
  })

  it('keeps values that a filter could overshoot within [0, 1]', () => {
    const { data } = prepareImage(picture(9, 9, (row, column) => (row + column) % 2), 4, 4)
    expect(Math.min(...data)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...data)).toBeLessThanOrEqual(1)
  })
})
