import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { usualSize } from '../../src-main/domain/figure.ts'
import type { SurveyProgress, TrainingExamples } from '../../src-main/domain/trainingRecords.ts'
import type { WordExample } from '../../src-main/domain/wordExample.ts'
import { decodeWav } from '../../src-main/media/decodeWav.ts'
import { encodeWav, readWavSettings } from '../../src-main/media/encodeWav.ts'
import { finishedTraining } from '../helpers/finishedTraining.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { testLab } from '../helpers/testLab.ts'
import { trainingPlan } from '../helpers/trainingPlan.ts'
import { writeWordFolder } from '../helpers/wordFolder.ts'

/** What the window asks about a training, of the real host and compute process. */
async function labWithWords(clips: Record<string, number> = { train: 4, validation: 2, test: 3 }) {
  const home = temporaryFolder()
  const words = writeWordFolder(path.join(home, 'words'), { clips })
  const lab = testLab()
  await lab.client.call('project.create', { path: path.join(home, 'a.metamer') })
  const plan = trainingPlan({ outFolder: path.join(home, 'networks'), heads: ['word', 'sounds'] }, words)
  return { ...lab, home, plan }
}

async function wordsOf(made: Promise<TrainingExamples>): Promise<WordExample[]> {
  const answer = await made
  return answer.kind === 'words' ? answer.examples : []
}

describe('what a project remembers of a training', { timeout: 240_000 }, () => {
  it('holds its losses, its answers to clean test clips and its first kernels, and can be made anew', async () => {
    const lab = await labWithWords()
    const { client, plan } = lab
    const { id } = await client.call('trainings.plan', { plan })
    const training = await finishedTraining(lab.client, id)
    const { lossCurve, examination } = await client.call('trainings.detail', { id })
    expect(Array.from(lossCurve!.update)).toEqual([0, 1, 2, 3, 4, 5])
    expect(lossCurve!.loss.every((loss) => loss > 0)).toBe(true)
    expect(examination).toMatchObject({ split: 'test', words: ['high', 'low'], sounds: ['hum', 'whistle'], kernels: { shape: [7, 14, 1, 2] } })
    expect(examination!.answers.map(({ right }) => right)).toEqual([1, 1, 1, 0, 0, 0])
    // The test of the training itself asked the same clips.
    const clean = training.result!.tests.find(({ split, snrDb }) => split === 'test' && snrDb === null)!
    expect(examination!.answers.filter(({ right, said }) => right === said).length / 6).toBeCloseTo(clean.wordAccuracy!, 12)

    const request = { kind: 'training' as const, trainings: [id], curve: 'loss' as const }
    const drawn = await client.call('figures.file', { request, size: usualSize, format: 'csv' })
    const rows = new TextDecoder().decode(drawn.bytes).trim().split('\r\n').slice(1).map((line) => line.split(','))
    expect(rows.filter((row) => row[2] === 'training loss').map((row) => Number(row[4]))).toEqual(Array.from(lossCurve!.loss))
    expect(rows.filter((row) => row[2] === 'validation loss').map((row) => Number(row[3]))).toEqual(training.validations.map(({ step }) => step))

    const { caption, records } = await client.call('figures.draw', { request: { kind: 'kernels', training: id }, size: usualSize })
    expect(caption).toContain('2 kernels of the first convolution, 7 × 14 over frequency')
    // Kernel by kernel; as stored, kernels change fastest.
    expect(records.map(({ weight }) => weight)).toEqual([0, 1].flatMap((kernel) => Array.from(examination!.kernels.data).filter((_, i) => i % 2 === kernel)))

    await client.call('trainings.examine', { id })
    expect(await client.call('trainings.detail', { id })).toEqual({ lossCurve, examination })
    // One bit of one clip: its length stays.
    const clip = path.join(lab.home, 'words/low_test_0.wav')
    const bytes = readFileSync(clip)
    writeFileSync(clip, bytes.with(1000, bytes[1000]! ^ 1))
    await expect(client.call('trainings.examine', { id })).rejects.toThrow(/The sounds in ".*speech.csv" or its backgrounds are not those that "toy-words" was trained on. Put those back to have it examined./)
    writeFileSync(clip, bytes)
    writeFileSync(path.join(training.result!.folder, 'weights.safetensors'), 'another network')
    await expect(client.call('trainings.examine', { id })).rejects.toThrow(/are not those that this training made: a later one of the same name took their place/)
  })

  it('asks about validation clips where there are no others', async () => {
    const lab = await labWithWords({ train: 4, validation: 2 })
    const { id } = await lab.client.call('trainings.plan', { plan: { ...lab.plan, steps: 2, validateEvery: 2 } })
    await finishedTraining(lab.client, id)
    const { examination } = await lab.client.call('trainings.detail', { id })
    expect([examination!.split, examination!.answers.length]).toEqual(['validation', 4])
  })
})

describe('a look at the data of a training', { timeout: 240_000 }, () => {
  it('counts clips, and names missing and silent files, with progress', async () => {
    const { client, plan, home } = await labWithWords()
    rmSync(path.join(home, 'words/low_train_0.wav'))
    const told: SurveyProgress[] = []
    client.on('surveyProgress', (progress) => told.push(progress))
    const survey = await client.call('trainings.survey', { plan })
    if (survey?.kind !== 'words') throw new Error('no survey of words')
    expect(survey.speech).toMatchObject({ files: 18, missing: ['words/low_train_0.wav'], silent: [], clipped: [], rates: [{ rateHz: 20_000, files: 17 }] })
    expect(survey.speech.splits[0]).toEqual({ split: 'train', clips: 8, byLabel: { high: 4, low: 4 } })
    expect(survey.speech.durationsS[0]).toBeCloseTo(0.4, 6)
    expect(survey.backgrounds).toMatchObject({ files: 6, source: { name: 'backgrounds.csv', hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect(survey.speech.source).toEqual({ name: 'speech.csv', hash: createHash('sha256').update(readFileSync(plan.data.speech)).digest('hex') })
    expect(told.at(-1)).toEqual({ done: 24, total: 24 })
  })

  it('ends when it is stopped', async () => {
    const { client, plan } = await labWithWords({ train: 400, validation: 1 })
    const stopped = new Promise<unknown>((resolve) => {
      client.on('surveyProgress', () => resolve(client.call('trainings.stopSurvey', {})))
    })
    const survey = client.call('trainings.survey', { plan })
    await stopped
    expect(await survey).toBeNull()
  })

  it('lets examples be heard in the order of the training', async () => {
    const { client, plan } = await labWithWords()
    const made = await client.call('trainings.examples', { plan, from: 1, count: 3 })
    const examples = made.kind === 'words' ? made.examples : []
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(made).toMatchObject({ origin: { speech: { name: 'speech.csv', hash: sha256 }, backgrounds: { name: 'backgrounds.csv', hash: sha256 }, seed: plan.seed, dataSeed: plan.data.seed } })
    expect(examples.map(({ number }) => number)).toEqual([1, 2, 3])
    const again = await wordsOf(client.call('trainings.examples', { plan, from: 2, count: 1 }))
    expect(again[0]).toEqual(examples[1])
    const { word, file, background, snrDb, wav, cochleagram } = examples[0]!
    expect(file).toContain(`words/${word}_train`)
    expect(background!.file).toContain('_train.wav')
    expect(Math.abs(snrDb!)).toBeLessThanOrEqual(10)
    expect(readWavSettings(wav)).toBe('example 2')
    expect([cochleagram.rows, cochleagram.columns]).toEqual([211, 400])
  })

  it('tells how many samples of an example its file cannot hold', async () => {
    const { client, plan, home } = await labWithWords()
    const click = encodeWav({ kind: 'audio', sampleRateHz: 20_000, data: Int16Array.from({ length: 8000 }, (_, i) => (i === 4000 ? 30_000 : 0)) }, 'a click')
    for (let i = 0; i < 4; i++) writeFileSync(path.join(home, `words/low_train_${i}.wav`), click)
    const examples = await wordsOf(client.call('trainings.examples', { plan, from: 0, count: 8 }))
    expect(examples.map(({ word, clipped }) => [word, clipped]).sort()).toEqual([...Array(4).fill(['high', 0]), ...Array(4).fill(['low', 1])])
  })

  it('lets examples be heard as long and at the rate that the network takes', async () => {
    const { client, plan: { speech, backgrounds } } = await labWithWords().then(({ client, plan }) => ({ client, plan: plan.data }))
    const plan = trainingPlan({}, { speech, backgrounds }, { form: 'musicnn-vgg', channels: 2 })
    const [example] = await wordsOf(client.call('trainings.examples', { plan, from: 0, count: 1 }))
    const { signal } = decodeWav(example!.wav, 'example.wav')
    expect([signal.sampleRateHz, signal.data.length]).toEqual([16_000, 48_000])
    expect([example!.cochleagram.rows, example!.cochleagram.columns], 'three seconds of it').toEqual([211, 600])
  })
})
