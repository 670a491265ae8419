import { MediaError } from '../../domain/errors.ts'
import type { PictureData } from '../../domain/trainingPlan.ts'
import { expectFormat } from '../../media/sniff.ts'
import { checkLabels } from './checkLabels.ts'
import { bySplit, hashOf, labelsOf, type Dataset } from './dataset.ts'
import { contentsOf } from './fileContents.ts'
import { beginningOf } from './fileBeginning.ts'
import { pictures, readManifest } from './manifest.ts'

/**
 * Read which pictures there are and check that a network can learn them. The files' beginnings are looked at; whether all of a picture can be
 * decoded shows when it is used.
 *
 * @throws MediaError naming the picture, label or split that does not fit, and what to do
 */
export async function openPictureDataset(data: PictureData): Promise<Dataset> {
  const listed = await readManifest(data.pictures, pictures)
  const labels = data.labels ?? labelsOf(listed)
  const none = { train: [], validation: [], test: [], 'test-unseen': [] }
  const dataset: Dataset = { words: labels, sounds: [], clips: bySplit(listed, data.pictures), backgrounds: none, hash: hashOf([listed]), contents: '', notices: [] }
  checkLabels(dataset, data.pictures, { one: 'picture', some: 'pictures', whose: 'a picture has one', label: 'label' })
  if (labels.length < 2) throw new MediaError(`"${data.pictures}" has only the label "${labels[0]}"; a network tells at least two apart. Add pictures of another.`)
  for (const { file } of listed) expectFormat((await beginningOf(file, 512, 'picture')).bytes, file, 'image')
  return { ...dataset, contents: await contentsOf([listed]) }
}
