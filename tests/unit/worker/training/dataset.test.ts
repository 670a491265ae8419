import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeWav } from '../../../../src-main/media/encodeWav.ts'
import { hearing } from '../../../../src-main/worker/hearing.ts'
import { openDataset, summaryOf } from '../../../../src-main/worker/training/dataset.ts'
import { parseCsv } from '../../../../src-main/worker/training/csv.ts'
import type { ExampleOrder } from '../../../../src-main/worker/training/example.ts'
import { answersOf, mixClip } from '../../../../src-main/worker/training/mixClip.ts'
import { createSoundFiles } from '../../../../src-main/worker/training/soundFiles.ts'
import { temporaryFolder } from '../../../helpers/temporaryProject.ts'
import { trainingPlan } from '../../../helpers/trainingPlan.ts'
import { writeWordFolder, type WordFolderOptions } from '../../../helpers/wordFolder.ts'

function folderOfWords(options: WordFolderOptions = {}) {
  const folder = temporaryFolder()
  const places = writeWordFolder(folder, options)
  const data = trainingPlan({}, places).data
  /** Change the manifest of words by a text in it. */
  const edit = (from: string | RegExp, to: string): void => writeFileSync(places.speech, readFileSync(places.speech, 'utf8').replace(from, to))
  return { folder, data, edit }
}

describe('parseCsv', () => {
  it('reads quotes, commas and line ends in fields, and leaves out empty lines', () => {
    expect(parseCsv('file,label\r\n"a, ""b"".wav",one\n\n c.wav , two\nd.wav,\n').map(({ fields }) => fields)).toEqual([['file', 'label'], ['a, "b".wav', 'one'], ['c.wav', 'two'], ['d.wav', '']])
  })

  it('counts empty lines and those in quotes, so that a row is found where it is', () => {
    expect(parseCsv('file,label\n\n"a\nb.wav",one\r\n\r\nc.wav,two\n\n\nd.wav,').map(({ line, fields }) => [line, fields[0]])).toEqual([[1, 'file'], [3, 'a\nb.wav'], [6, 'c.wav'], [9, 'd.wav']])
  })
})

describe('a data set', () => {
  it('tells its words, clips and speakers, and has another hash when a file changes', async () => {
    const { data, folder } = folderOfWords()
    const summary = summaryOf(await openDataset(data, ['word'], hearing))
    expect(summary.words).toEqual(['high', 'low'])
    expect(summary.splits[0]).toEqual({ split: 'train', clips: 12, byWord: { high: 6, low: 6 }, speakers: ['speaker 0', 'speaker 1'] })
    expect(summary.backgrounds).toEqual({ train: 2, validation: 2, test: 2, 'test-unseen': 0 })
    copyFileSync(path.join(folder, 'hum_train.wav'), path.join(folder, 'low_train_0.wav'))
    expect(summaryOf(await openDataset(data, ['word'], hearing)).hash).not.toBe(summary.hash)
  })

  it.each([
    ['a file that is not there', (f: ReturnType<typeof folderOfWords>) => rmSync(path.join(f.folder, 'high_train_2.wav')), /There is no file ".*high_train_2.wav", which line 14 of ".*speech.csv" names. Put it there, or take the line out./],
    ['a label that is not in the list', (f: ReturnType<typeof folderOfWords>) => void (f.data.words = ['low', 'middle']), /gives ".*high_train_0.wav" the label "high", which is not in the list of words \(low, middle\). Add it there, or correct the label./],
    ['a split that there is not', (f: ReturnType<typeof folderOfWords>) => f.edit(',train', ',training'), /into the split "training"; the splits are train, validation, test, test-unseen. Correct it./],
    ['no column of labels', (f: ReturnType<typeof folderOfWords>) => f.edit('label', 'word'), /Its first line must name the columns: file, label or labels/],
    ['a start that is no number', (f: ReturnType<typeof folderOfWords>) => f.edit(/speaker,split\n(.*)speaker 0/, 'start,split\n$1early'), /Line 2 of ".*speech.csv" has "early" in the column "start"; expected seconds, such as 1.25./],
    ['a start that is no number, after empty lines', (f: ReturnType<typeof folderOfWords>) => f.edit(/speaker,split\n(.*)speaker 0/, 'start,split\n\n\n$1early'), /Line 4 of ".*speech.csv" has "early" in the column "start"/],
    ['a file that is no sound', (f: ReturnType<typeof folderOfWords>) => writeFileSync(path.join(f.folder, 'low_train_1.wav'), 'a text'), /low_train_1.wav" is not a sound: expected WAV. Choose another file, or convert it first./],
    ['a background that is no sound', (f: ReturnType<typeof folderOfWords>) => writeFileSync(path.join(f.folder, 'hum_test.wav'), 'a text'), /hum_test.wav" is not a sound: expected WAV./],
    ['a clip after the end of its file', (f: ReturnType<typeof folderOfWords>) => ([[/speaker,split/, 'start,split'], [/speaker 0/, '200'], [/speaker \d/g, '']] as const).forEach(([from, to]) => f.edit(from, to)), /Line 2 of ".*speech.csv" lets a clip of ".*low_train_0.wav" start at 200 s, where the file has 0.4 s. Are the times in seconds\? Correct the column "start"./],
    ['a clip without samples', (f: ReturnType<typeof folderOfWords>) => writeFileSync(path.join(f.folder, 'low_train_1.wav'), encodeWav({ kind: 'audio', sampleRateHz: 20_000, data: new Int16Array() }, 'nothing')), /low_train_1.wav" is a WAV file with 0 samples. Choose a sound that lasts longer, or take it out./],
    ['a word that ends before it starts', (f: ReturnType<typeof folderOfWords>) => f.edit(/speaker,split\n(.*)speaker 0,train/, 'word_start,word_end,split\n$15,1,train'), /Line 2 of ".*speech.csv" has a word that starts at 5 s and ends at 1 s. Correct "word_start" and "word_end"./],
    ['a word of which only one end is known', (f: ReturnType<typeof folderOfWords>) => f.edit(/speaker,split\n(.*)speaker 0,train/, 'word_start,word_end,split\n$15,,train'), /Line 2 of ".*speech.csv" has only one of "word_start" and "word_end". Fill in both, or neither./],
    ['a word after the end of its file', (f: ReturnType<typeof folderOfWords>) => ([[/speaker,split/, 'word_start,word_end,split'], [/speaker 0/, '200,800'], [/speaker \d/g, ',']] as const).forEach(([from, to]) => f.edit(from, to)), /Line 2 of ".*speech.csv" has the word of ".*low_train_0.wav" from 200 to 800 s, where the file has 0.4 s. Are the times in seconds\? Correct "word_start" and "word_end"./],
    ['a word that its clip holds nothing of', (f: ReturnType<typeof folderOfWords>) => ([[/speaker,split/, 'start,word_start,word_end,split'], [/speaker 0/, '-1.9,0.2,0.3'], [/speaker \d/g, ',,']] as const).forEach(([from, to]) => f.edit(from, to)), /Line 2 of ".*speech.csv" has the word of ".*low_train_0.wav" from 0.2 to 0.3 s, and the clip, -1.9 to 0.1 s, holds nothing of it. Let "start" be half the clip's 2 s before the word's middle./],
    ['a single word', (f: ReturnType<typeof folderOfWords>) => f.edit(/.*,low,.*\n/g, ''), /speech.csv" has only the word "high"; a network tells at least two apart. Add clips of another, or train a head of sounds./],
    ['no manifest', (f: ReturnType<typeof folderOfWords>) => void (f.data.speech = '/nowhere/a.csv'), /There is no file or folder "\/nowhere\/a.csv". Give a manifest \(CSV\), or a folder with a folder for each label./],
  ])('refuses %s', async (_, spoil, message) => {
    const given = folderOfWords()
    spoil(given)
    await expect(openDataset(given.data, ['word'], hearing)).rejects.toThrow(message)
  })

  it('has nothing to say where backgrounds lie in every split, and says what follows where they do not', async () => {
    const { data, folder } = folderOfWords()
    expect((await openDataset(data, ['word'], hearing)).notices).toEqual([])
    const places = path.join(folder, 'backgrounds.csv')
    writeFileSync(places, readFileSync(places, 'utf8').replaceAll(/,(validation|test)/g, ',train'))
    expect(summaryOf(await openDataset(data, ['word'], hearing)).notices).toEqual([
      expect.stringMatching(/^No background lies in the split "validation": its clips are heard clean, and its scores are of clean words\. Where that is not meant, name splits in a column "split"/),
      expect.stringMatching(/^No background lies in the split "test": the finished network is tested clean only\./),
    ])
    expect((await openDataset({ ...data, backgrounds: null }, ['word'], hearing)).notices).toEqual([])
  })

  it('says how many clips have their word beside the centre', async () => {
    const { data, edit } = folderOfWords()
    edit(/speaker,split\n(.*)speaker 0,train\n(.*)speaker 1,train/, 'word_start,word_end,split\n$10.3,0.4,train\n$20.1,0.3,train')
    edit(/speaker \d/g, ',')
    // The file's middle is at 0.2 s.
    expect((await openDataset(data, ['word'], hearing)).notices).toEqual(['1 clip has its word beside the centre, and is not moved. Where that is not meant, correct "start", "word_start" or "word_end" in the manifest of words.'])
  })

  it('refuses a class without clips in a split, and says what that means', async () => {
    const { data, edit } = folderOfWords()
    edit(/high,(speaker \d),validation/g, 'high,$1,train')
    await expect(openDataset(data, ['word'], hearing)).rejects.toThrow(/has no clip of "high" in the split "validation": nothing could be judged about it. Add some, or take the word out of all splits./)
  })

  it('refuses a head of sounds without labelled backgrounds', async () => {
    const { data } = folderOfWords()
    await expect(openDataset({ ...data, backgrounds: null }, ['sounds'], hearing)).rejects.toThrow(/needs labelled backgrounds/)
  })

  it('refuses a head of sounds where all backgrounds of a split have the same labels, and takes those without labels for others', async () => {
    const { data } = folderOfWords()
    const manifest = data.backgrounds!
    const edit = (from: RegExp, to: string) => writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(from, to))
    edit(/whistle,/g, 'hum,')
    await expect(openDataset(data, ['sounds'], hearing)).rejects.toThrow(
      /All backgrounds of the split "train" have the same labels \(hum\), so a head of sounds has nothing to tell apart. Add others, with or without labels, or train the word head alone./,
    )
    expect((await openDataset(data, ['word'], hearing)).sounds).toEqual(['hum'])
    edit(/(whistle_\w+.wav),hum,/g, '$1,,')
    expect((await openDataset(data, ['sounds'], hearing)).sounds).toEqual(['hum'])
  })

  it('says which sounds are resampled, of all files whether they were made into examples or not', async () => {
    const { data, folder } = folderOfWords({ rateHz: 8000 })
    expect((await openDataset(data, ['word'], { ...hearing, sampleRateHz: 8000 })).notices).toEqual([])
    writeFileSync(path.join(folder, 'low_train_0.wav'), encodeWav({ kind: 'audio', sampleRateHz: 44_100, data: new Int16Array(9000) }, 'silence'))
    const dataset = await openDataset(data, ['word'], hearing)
    expect(dataset.notices).toEqual([
      '25 files have 8000 samples a second; they are resampled to 20000, so nothing above 4000 Hz is heard of them.',
      '1 file has 44100 samples a second; it is resampled to 20000, so nothing above 10000 Hz is heard of it.',
    ])
    expect(createSoundFiles(2 ** 20, 20_000).read(dataset.clips.train[1]!.file).length).toBe(8000)
  })
})

describe('an example', () => {
  const order: ExampleOrder = { split: 'train', clip: 3, mixture: 1 }
  async function example(changes: Partial<ExampleOrder> = {}, seed = 1) {
    const { data } = folderOfWords()
    const dataset = await openDataset(data, ['word'], hearing)
    const settings = { ...data, seed }
    const asked = { ...order, ...changes }
    return { ...mixClip(dataset, settings, asked, hearing, createSoundFiles(2 ** 24, 20_000).read), ...answersOf(dataset, settings, asked) }
  }

  it('is the same for the same seed, and another for another seed or mixture', async () => {
    const first = await example()
    expect(await example()).toEqual(first)
    expect((await example({ mixture: 2 })).signal).not.toEqual(first.signal)
    expect((await example({}, 2)).signal).not.toEqual(first.signal)
  })

  it('has RMS 0.1, two seconds, its word and the labels of what was mixed in', async () => {
    const { signal: wave, word, sounds } = await example()
    expect(wave.length).toBe(40_000)
    expect(Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length)).toBeCloseTo(0.1, 5)
    expect(word).toBe(1)
    expect([...sounds].sort()).toEqual([0, 1])
  })

  it('is as long as the network takes, at its rate, with the word over the centre', async () => {
    const { data } = folderOfWords({ rateHz: 16_000 })
    const size = { samples: 48_000, sampleRateHz: 16_000 }
    const files = createSoundFiles(2 ** 24, size.sampleRateHz)
    const { signal: wave } = mixClip(await openDataset(data, ['word'], size), data, { ...order, snrDb: null }, size, files.read)
    expect(wave.length).toBe(48_000)
    // The word has 0.4 s, moved by 0.1 s at most: all of it lies between 1.2 and 1.8 s.
    expect(wave.slice(23_900, 24_100).some((x) => Math.abs(x) > 0.1)).toBe(true)
    expect([...wave.slice(0, 19_200), ...wave.slice(28_800)].every((x) => Math.abs(x) < 1e-3)).toBe(true)
  })

  it('is clean where that is asked for, with the word over the centre', async () => {
    const { signal: wave, sounds } = await example({ snrDb: null })
    expect([...sounds]).toEqual([0, 0])
    expect(wave.slice(19_900, 20_100).some((x) => Math.abs(x) > 0.1)).toBe(true)
    expect(wave.slice(0, 5000).every((x) => Math.abs(x) < 1e-3)).toBe(true)
  })

  it('is refused where its clip lies outside the file', async () => {
    const { data } = folderOfWords()
    const dataset = await openDataset(data, ['word'], hearing)
    const clip = { ...dataset.clips.train[3]!, startS: 3000 }
    const moved = { ...dataset, clips: { ...dataset.clips, train: dataset.clips.train.with(3, clip) } }
    expect(() => mixClip(moved, data, order, hearing, createSoundFiles(2 ** 24, 20_000).read)).toThrow(/Line 5 of the manifest lets a clip of ".*low_train_3.wav" start at 3000 s, where the file has 0.4 s./)
  })
})
