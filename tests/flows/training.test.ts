import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openProject } from '../../src-main/project/openProject.ts'
import { lab, startLab } from '../helpers/runLab.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { writeWordFolder } from '../helpers/wordFolder.ts'

/** Two tones as words, a network of a few weights, the real cochleagram and the real compute process. */
function wordsToTrainOn() {
  const home = temporaryFolder()
  const { speech, backgrounds } = writeWordFolder(path.join(home, 'words'), { clips: { train: 4, validation: 2, test: 2 } })
  const words = (project: string, name: string, ...more: string[]) => [
    'train', '--project', path.join(home, project), '--name', name, '--manifest', speech, '--backgrounds', backgrounds, '--size', '2,3,2,3,2,4', '--batch', '4',
    '--mixtures', '1', '--cache', path.join(home, 'cache'), '--test-snr', '0', '--json', ...more,
  ]
  return { home, speech, words }
}

describe('lab train', { timeout: 240_000 }, () => {
  it('after kill -9 in mid-epoch goes on to the same network, bit for bit, and offers it among the networks', async () => {
    const { home, words } = wordsToTrainOn()
    const folders = (name: string) => ['--out', path.join(home, name)]
    const whole = await lab(words('a.metamer', 'tones', '--steps', '9', '--validate', '3', ...folders('whole')), home)
    expect(whole.code, whole.err).toBe(0)
    expect(whole.err).toMatch(/2 words. Clips: train 8 \(speaker 0, speaker 1\); validation 4/)

    const killed = startLab(words('b.metamer', 'tones', '--steps', '9', '--validate', '3', ...folders('killed')), home)
    await killed.says(/tones, 3 updates: loss/)
    killed.child.kill('SIGKILL')
    await killed.outcome
    const resumed = await lab(['resume', '--project', path.join(home, 'b.metamer'), '--json'], home)
    expect(resumed.code, resumed.err).toBe(0)

    const [first, second] = [whole.lines()[0]!, resumed.lines()[0]!]
    const figures = ({ stop, steps, best, validations, tests, weightsHash, datasetHash }: Record<string, unknown>) => ({ stop, steps, best, validations, tests, weightsHash, datasetHash })
    expect(figures(second)).toEqual(figures(first))
    expect(first['stop']).toBe('all steps made')
    expect((first['validations'] as Array<{ step: number }>).map(({ step }) => step)).toEqual([3, 6, 9])
    expect((first['tests'] as unknown[]).length).toBe(2)

    const card = JSON.parse(readFileSync(path.join(home, 'whole/tones/card.json'), 'utf8')) as { labels: string[]; notes: string[] }
    expect(card.labels).toEqual(['high', 'low'])
    expect(card.notes.join(' ')).toMatch(/Test, 4 clips that were not trained on: clean \d+\.\d %; 0 dB/)
    const networks = await lab(['networks', '--json'], home, path.join(home, 'whole'))
    const listed = (networks.lines()[0] as unknown as Array<{ name: string; stages: Array<{ name: string }>; labels: string[] }>).find(({ name }) => name === 'tones')!
    expect(listed.stages.map(({ name }) => name)).toContain('fc_intermediate')
    expect(listed.labels).toEqual(['high', 'low'])
  })

  it('goes on with a finished training when it is given more updates', async () => {
    const { home, words } = wordsToTrainOn()
    const train = (project: string, steps: string) => lab(words(project, 'tones', '--steps', steps, '--validate', '2', '--out', home), home)
    expect((await train('e.metamer', '2')).code).toBe(0)
    const longer = await train('f.metamer', '4')
    expect(longer.code, longer.err).toBe(0)
    const { steps, validations } = longer.lines()[0] as unknown as { steps: number; validations: Array<{ step: number }> }
    expect([steps, validations.map(({ step }) => step)]).toEqual([4, [2, 4]])
    // What the window shows of it is in the project, though the command ends with the training.
    const project = openProject(path.join(home, 'f.metamer'), { readOnly: true })
    const { lossCurve, examination } = project.trainings.detail(1)
    project.close()
    expect([lossCurve!.loss.length, examination!.answers.length]).toEqual([4, 4])
    // With other settings it does not, which is told before a project is made.
    const other = await lab(words('j.metamer', 'tones', '--steps', '6', '--dropout', '0.2', '--out', home), home)
    expect([other.code, other.err]).toEqual([5, expect.stringContaining('is of a training with other settings or other data. To go on with it, give those that it had')])
    expect(existsSync(path.join(home, 'j.metamer'))).toBe(false)
  })

  it('trains two heads, and stops at the first validation that reaches the target', async () => {
    const { home, words } = wordsToTrainOn()
    const outcome = await lab(words('c.metamer', 'both', '--steps', '4', '--validate', '2', '--head', 'both', '--network', 'reduced-aliasing', '--target', 'word=0,auc=0', '--out', home), home)
    expect(outcome.code, outcome.err).toBe(0)
    const { stop, steps, best } = outcome.lines()[0] as { stop: string; steps: number; best: { wordAccuracy: number; meanAuc: number; aucByLabel: number[] } }
    expect([stop, steps]).toEqual(['target reached', 2])
    expect(best.aucByLabel.length).toBe(2)
    expect(best.meanAuc).toBeGreaterThanOrEqual(0)
  })

  it('refuses the name of a catalogue network before a project is made', async () => {
    const { home, words } = wordsToTrainOn()
    const outcome = await lab(words('g.metamer', 'word-cnn-aliased'), home)
    expect([outcome.code, outcome.err]).toEqual([2, expect.stringContaining('A network of the catalogue is called "word-cnn-aliased". Choose another name for the new one.')])
    expect(existsSync(path.join(home, 'g.metamer'))).toBe(false)
  })

  it('refuses the name of a network that came from elsewhere, and leaves that one as it is', async () => {
    const { home, words } = wordsToTrainOn()
    const card = path.join(home, 'networks/tones/card.json')
    mkdirSync(path.dirname(card), { recursive: true })
    writeFileSync(card, 'imported')
    const outcome = await lab(words('i.metamer', 'tones', '--out', path.join(home, 'networks')), home)
    expect([outcome.code, outcome.err]).toEqual([2, expect.stringContaining('tones" holds a network already, and no checkpoint to go on from: this training would write over it.')])
    expect([readFileSync(card, 'utf8'), existsSync(path.join(home, 'i.metamer'))]).toEqual(['imported', false])
  })

  it('with --check tells what is in the data and what is wrong with them, and leaves nothing behind', async () => {
    const { home, words } = wordsToTrainOn()
    const good = await lab(words('h.metamer', 'tones', '--check'), home)
    expect(good.code, good.err).toBe(0)
    const [survey] = good.lines() as unknown as [{ speech: { files: number; durationsS: number[]; shared: string[] }; backgrounds: { files: number } }]
    expect([survey.speech.files, survey.speech.durationsS.length, survey.backgrounds.files]).toEqual([16, 16, 6])
    // The tones of these numbers are in all splits; there are more of them to train on.
    expect(survey.speech.shared).toEqual(['low', 'high'].flatMap((word) => ['train', 'validation', 'test'].flatMap((split) => [0, 1].map((i) => `words/${word}_${split}_${i}.wav`))))
    writeFileSync(path.join(home, 'words/low_train_0.wav'), 'a text')
    const bad = await lab(words('h.metamer', 'tones', '--check').filter((word) => word !== '--json'), home)
    expect(bad.code).toBe(3)
    expect(bad.out).toMatch(/Words: 16 files, .*\n {6}train +validation +test\nhigh +4 +2 +2\nlow +4 +2 +2\nall +8 +4 +4\nnone missing\n1 file unreadable:\n {2}words\/low_train_0\.wav: .*is not a sound: expected WAV/)
    expect(bad.err).toMatch(/low_train_0.wav" is not a sound: expected WAV\. Choose another file/)
    expect([existsSync(path.join(home, 'h.metamer')), existsSync(path.join(home, 'cache'))]).toEqual([false, false])
  })

  it('with --check and --figures draws counts, durations and the first examples, with their numbers and captions', async () => {
    const { home, words } = wordsToTrainOn()
    const out = path.join(home, 'print/figures')
    const outcome = await lab(words('i.metamer', 'tones', '--check', '--figures', out, '--examples', '1', '--width-mm', '86', '--height-mm', '70', '--dpi', '100'), home)
    expect(outcome.code, outcome.err).toBe(0)
    const names = ['backgrounds.csv_backgrounds-counts_data', 'backgrounds.csv_backgrounds-durations_data', 'speech.csv_words-counts_data', 'speech.csv_words-durations_data', 'speech.csv_words-example-1-cochleagram_data', 'speech.csv_words-example-1-waveform_data']
    expect(readdirSync(out)).toEqual(names.flatMap((name) => ['csv', 'png', 'svg', 'txt'].map((format) => `${name}.${format}`)))
    const text = (name: string) => readFileSync(path.join(out, name), 'utf8')
    expect(text('speech.csv_words-counts_data.csv').split('\r\n').slice(0, 3)).toEqual(['data,of,split,label,count', 'speech.csv,words,train,high,4', 'speech.csv,words,train,low,4'])
    expect(text('speech.csv_words-counts_data.svg')).toContain('width="86mm" height="70mm"')
    expect(text('speech.csv_words-example-1-waveform_data.txt')).toMatch(/^Waveform of example 1 in the order of a training, as the training hears it: "(low|high)" \(words\/\1_train_\d\.wav\) in (hum|whistle) \(words\/\2_train\.wav\) at −?\d+\.\d dB, .*; order by seed 1, mixture by data seed 1\. n = 1 example\. Metamer Lab .*\.\n$/)
    expect(outcome.err).toContain(`Drawn: ${path.join(out, 'speech.csv_words-counts_data.svg')}, with .png, .csv and .txt beside it.`)
    expect(existsSync(path.join(home, 'i.metamer'))).toBe(false)
    const file = await lab(words('i.metamer', 'tones', '--check', '--figures', path.join(out, 'speech.csv_words-counts_data.txt')), home)
    expect([file.code, file.err]).toEqual([4, expect.stringContaining('speech.csv_words-counts_data.txt" cannot be made. Choose another place')])
  })

  it('says which option is missing beside one about figures of data', async () => {
    const { home, words } = wordsToTrainOn()
    for (const [more, message] of [
      [['--figures', 'f'], '--figures goes with --check, which is missing'],
      [['--check', '--examples', '2'], '--examples goes with --figures, which is missing'],
      [['--check', '--figures', 'f', '--examples', '25'], '--examples takes a whole number from 0 to 24, not "25"'],
      [['--check', '--figures', 'f', '--dpi', '20'], '--dpi takes a whole number from 50 to 1200, not "20"'],
    ] as const) {
      const outcome = await lab(words('j.metamer', 'tones', ...more), home)
      expect([outcome.code, outcome.err]).toEqual([2, expect.stringContaining(message)])
    }
  })

  it('refuses data that do not fit before a project is made', async () => {
    const { home, words } = wordsToTrainOn()
    const outcome = await lab(words('d.metamer', 'tones', '--words', 'high'), home)
    expect(outcome.code).toBe(3)
    expect(outcome.err).toMatch(/the label "low", which is not in the list of words \(high\)/)
    expect(existsSync(path.join(home, 'd.metamer'))).toBe(false)
  })
})
