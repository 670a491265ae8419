import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { summaryOf } from '../../../../src-main/worker/training/dataset.ts'
import { openPictureDataset } from '../../../../src-main/worker/training/pictureDataset.ts'
import { createPictureExamples } from '../../../../src-main/worker/training/pictureExamples.ts'
import { stripes, writePictureFolder } from '../../../helpers/pictureFolder.ts'
import { temporaryFolder } from '../../../helpers/temporaryProject.ts'
import { pictureTrainingPlan } from '../../../helpers/trainingPlan.ts'

function folderOfPictures() {
  const folder = temporaryFolder()
  writePictureFolder(folder)
  return { folder, data: pictureTrainingPlan({}, { pictures: folder }).data }
}

describe('a data set of pictures', () => {
  it('takes splits and labels from the folders', async () => {
    const { words, splits, sounds } = summaryOf(await openPictureDataset(folderOfPictures().data))
    expect([words, sounds]).toEqual([['lying', 'standing'], []])
    expect(splits.map(({ split, byWord }) => [split, byWord])).toEqual([
      ['train', { lying: 4, standing: 4 }],
      ['validation', { lying: 2, standing: 2 }],
      ['test', { lying: 2, standing: 2 }],
    ])
  })

  it('lets the name of a file decide where no folder and no column does', async () => {
    const folder = temporaryFolder()
    for (const label of ['lying', 'standing']) {
      mkdirSync(path.join(folder, label))
      for (let i = 0; i < 40; i++) writeFileSync(path.join(folder, label, `${i}.png`), stripes(label === 'lying', 6))
    }
    const { clips } = await openPictureDataset({ ...folderOfPictures().data, pictures: folder })
    expect(clips.train.length + clips.validation.length).toBe(80)
    expect(clips.validation.length).toBeGreaterThan(2)
    expect(clips.validation.length).toBeLessThan(20)
  })

  it.each([
    ['a label without pictures in a split', (f: ReturnType<typeof folderOfPictures>) => rmSync(path.join(f.folder, 'validation/standing'), { recursive: true }), /has no picture of "standing" in the split "validation": nothing could be judged about it. Add some, or take the label out of all splits./],
    ['one label', (f: ReturnType<typeof folderOfPictures>) => ['train', 'validation', 'test'].forEach((split) => rmSync(path.join(f.folder, split, 'standing'), { recursive: true })), /has only the label "lying"; a network tells at least two apart. Add pictures of another./],
    ['a folder without pictures', (f: ReturnType<typeof folderOfPictures>) => rmSync(f.folder, { recursive: true }) ?? mkdirSync(f.folder), /names no pictures. Give a manifest \(CSV\) with a line for each, or a folder with a folder of pictures for each label./],
    ['a file that is no picture', (f: ReturnType<typeof folderOfPictures>) => writeFileSync(path.join(f.folder, 'train/lying/1.png'), 'a text'), /train\/lying\/1.png" is not a picture: expected PNG/],
    ['a label that is not in the list', (f: ReturnType<typeof folderOfPictures>) => void (f.data.labels = ['lying', 'slanted']), /the label "standing", which is not in the list of labels \(lying, slanted\). Add it there, or correct the label./],
    ['a list of one label where there are more', (f: ReturnType<typeof folderOfPictures>) => void (f.data.labels = ['lying']), /the label "standing", which is not in the list of labels \(lying\). Add it there, or correct the label./],
  ])('refuses %s', async (_, spoil, message) => {
    const given = folderOfPictures()
    spoil(given)
    await expect(openPictureDataset(given.data)).rejects.toThrow(message)
  })
})

describe('a view of a picture', () => {
  async function view(mixture: number, seed = 1, split: 'train' | 'validation' = 'train') {
    const { data } = folderOfPictures()
    const maker = createPictureExamples({ kind: 'pictures', dataset: await openPictureDataset(data), data: { ...data, seed }, height: 16, width: 20 })
    return (await maker.make({ split, clip: 1, mixture })).signal
  }

  it('is the same for the same seed and number, and another for another', async () => {
    const first = await view(0)
    expect(first.length).toBe(16 * 20 * 3)
    expect(await view(0)).toEqual(first)
    expect(await view(1)).not.toEqual(first)
    expect(await view(0, 2)).not.toEqual(first)
  })

  it('is the middle of the picture where that is not trained on', async () => {
    expect(await view(0, 1, 'validation')).toEqual(await view(1, 2, 'validation'))
  })
})
