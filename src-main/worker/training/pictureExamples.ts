import { readFile } from 'node:fs/promises'
import { MediaError } from '../../domain/errors.ts'
import type { PictureData } from '../../domain/trainingPlan.ts'
import { prepareImage } from '../../engine/frontends/imagePreprocessing.ts'
import { cropAtRandom } from '../../engine/frontends/randomCrop.ts'
import { createRandom } from '../../engine/support/random.ts'
import { decodeImage } from '../../media/decodeImage.ts'
import type { Dataset } from './dataset.ts'
import type { ExampleMaker } from './example.ts'

/** What makes views of pictures. */
export interface PictureExamples {
  kind: 'pictures'
  dataset: Dataset
  data: Pick<PictureData, 'smallestArea' | 'seed'>
  /** Pixels of the network's input. */
  height: number
  width: number
}

/** Training pictures as views, which follow from the data's seed, the picture's place and the view's number; all others as a stimulus is prepared. */
export function createPictureExamples({ dataset, data, height, width }: PictureExamples): ExampleMaker {
  const told = new Map<string, Set<string>>()
  return {
    async make({ split, clip, mixture }) {
      const { file } = dataset.clips[split][clip]!
      const { signal, notices } = await decodeImage(await bytesOf(file), file)
      for (const notice of notices) told.set(notice, (told.get(notice) ?? new Set()).add(file))
      if (split !== 'train') return { signal: prepareImage(signal, height, width).data }
      return { signal: cropAtRandom(signal, height, width, createRandom(data.seed, `${split} ${clip} view ${mixture}`), data.smallestArea) }
    },
    notices: () => [...told].map(([notice, files]) => `${files.size} of the pictures: ${notice}`),
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new MediaError(`The picture "${file}" cannot be read. Check that it is there and that you may read it.`, { cause })
  }
}
