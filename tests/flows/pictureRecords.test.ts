import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import { finishedTraining } from '../helpers/finishedTraining.ts'
import { writePictureFolder } from '../helpers/pictureFolder.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { testLab } from '../helpers/testLab.ts'
import { pictureTrainingPlan } from '../helpers/trainingPlan.ts'

/** What the window asks about a fine-tuning, of the real host, compute process and network. */
async function labWithPictures() {
  const home = temporaryFolder()
  const pictures = path.join(home, 'pictures')
  writePictureFolder(pictures)
  const lab = testLab({ launchWorker: forkWorker(path.resolve(import.meta.dirname, '../../src-main/worker/main.ts')) })
  await lab.client.call('project.create', { path: path.join(home, 'a.metamer') })
  return { ...lab, pictures, plan: pictureTrainingPlan({ name: 'stripes', outFolder: path.join(home, 'networks') }, { pictures }) }
}

describe('what a project remembers of a fine-tuning', { timeout: 240_000 }, () => {
  it('holds what the network took each test picture for, and its first kernels', async () => {
    const lab = await labWithPictures()
    const { id } = await lab.client.call('trainings.plan', { plan: lab.plan })
    const training = await finishedTraining(lab.client, id)
    const { examination } = await lab.client.call('trainings.detail', { id })
    expect(examination).toMatchObject({ split: 'test', words: ['lying', 'standing'], sounds: [], kernels: { shape: [3, 3, 3, 32] } })
    expect(examination!.answers.map(({ right, file }) => [right, file])).toEqual([[0, 'lying/0.png'], [0, 'lying/1.png'], [1, 'standing/0.png'], [1, 'standing/1.png']])
    // The training's own test asked the same pictures.
    expect(examination!.answers.filter(({ right, said }) => right === said).length / 4).toBeCloseTo(training.result!.tests[0]!.wordAccuracy!, 12)
  })
})

describe('a look at pictures to train on', { timeout: 120_000 }, () => {
  it('counts them, and names small ones and those that lie in several splits', async () => {
    const { client, plan, pictures } = await labWithPictures()
    copyFileSync(path.join(pictures, 'train/lying/0.png'), path.join(pictures, 'test/lying/copy.png'))
    const survey = await client.call('trainings.survey', { plan })
    if (survey?.kind !== 'pictures') throw new Error('no survey of pictures')
    expect(survey.pictures).toMatchObject({ source: { name: 'pictures', hash: null }, files: 17, missing: [], unreadable: [], plain: [] })
    expect(survey.pictures.splits.find(({ split }) => split === 'test')).toEqual({ split: 'test', clips: 5, byLabel: { lying: 3, standing: 2 } })
    expect(survey.pictures.small).toHaveLength(17)
    expect(survey.pictures.shared).toEqual(expect.arrayContaining(['lying/copy.png']))
  })

  it('shows views in the order of the training, the same each time', async () => {
    const { client, plan } = await labWithPictures()
    const made = await client.call('trainings.examples', { plan, from: 0, count: 3 })
    if (made.kind !== 'pictures') throw new Error('no pictures')
    expect(made.examples.map(({ number, view: { height, width, rgb } }) => [number, height, width, rgb.length])).toEqual([0, 1, 2].map((number) => [number, 224, 224, 224 * 224 * 3]))
    for (const { label, file } of made.examples) expect(file.startsWith(`${label}/`)).toBe(true)
    expect(await client.call('trainings.examples', { plan, from: 1, count: 2 })).toEqual({ kind: 'pictures', examples: made.examples.slice(1) })
  })

  it('says of a network with random weights what stays random', async () => {
    const { client, plan } = await labWithPictures()
    const survey = await client.call('trainings.survey', { plan: { ...plan, base: 'vgg-19', from: null } })
    expect(survey!.notices).toEqual([expect.stringMatching(/^The weights of "vgg-19" are random \(seed 0\): the stages before fc7/)])
  })

  it('refuses a network that cannot learn, with its sentence', async () => {
    const { client, plan } = await labWithPictures()
    await expect(client.call('trainings.survey', { plan: { ...plan, base: 'vggish' } })).rejects.toThrow('Network "vggish" takes sounds; pictures are learned by a network that takes pictures.')
  })
})
