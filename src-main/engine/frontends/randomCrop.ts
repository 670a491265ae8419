import type { ImageSignal } from '../../domain/stimulus.ts'
import type { Random } from '../support/random.ts'
import { toBytes } from './imagePreprocessing.ts'
import { resizeBilinear, type BytePicture } from './resizeBilinear.ts'

const usualSmallestArea = 0.08
const proportions = [3 / 4, 4 / 3] as const
const attempts = 10

/**
 * Cut a random part out of a picture, mirror it or not, and resize it to a network's input in 8 bits: what networks are
 * shown in training. The part has 8 % of the area at least, and is 3/4 to 4/3 times as wide as the input's proportions have it.
 *
 * @param image   RGB in [0, 1]
 * @param height  of the network's input, pixels
 * @param width   of the network's input, pixels
 * @param smallestArea  share of the picture's area that a part has at least
 * @returns float32 [height, width, 3], multiples of 1/255 in [0, 1]
 * @source Szegedy et al. 2015, section 6; with these figures the usual ImageNet training augmentation
 */
export function cropAtRandom(image: ImageSignal, height: number, width: number, random: Random, smallestArea = usualSmallestArea): Float32Array {
  const part = choosePart(image, width / height, smallestArea, random)
  const cropped = cut(toBytes(image), part, random.uniform() < 0.5)
  return Float32Array.from(resizeBilinear(cropped, height, width).data, (value) => value / 255)
}

interface Part {
  left: number
  top: number
  width: number
  height: number
}

function choosePart(image: ImageSignal, inputProportion: number, smallestArea: number, random: Random): Part {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const area = image.width * image.height * (smallestArea + random.uniform() * (1 - smallestArea))
    const [low, high] = [Math.log(proportions[0]), Math.log(proportions[1])]
    const proportion = inputProportion * Math.exp(low + random.uniform() * (high - low))
    const [width, height] = [Math.round(Math.sqrt(area * proportion)), Math.round(Math.sqrt(area / proportion))]
    if (width < 1 || height < 1 || width > image.width || height > image.height) continue
    return { width, height, left: random.integer(image.width - width + 1), top: random.integer(image.height - height + 1) }
  }
  return middlePart(image, inputProportion)
}

/** Of a picture so long that nothing fitted: the largest part in its middle. */
function middlePart(image: ImageSignal, proportion: number): Part {
  const width = Math.min(image.width, Math.max(1, Math.round(image.height * proportion)))
  const height = Math.min(image.height, Math.max(1, Math.round(image.width / proportion)))
  return { width, height, left: (image.width - width) >> 1, top: (image.height - height) >> 1 }
}

function cut(picture: BytePicture, { left, top, width, height }: Part, mirrored: boolean): BytePicture {
  const data = new Uint8Array(height * width * 3)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = ((top + row) * picture.width + left + (mirrored ? width - 1 - column : column)) * 3
      data.set(picture.data.subarray(from, from + 3), (row * width + column) * 3)
    }
  }
  return { height, width, data }
}
