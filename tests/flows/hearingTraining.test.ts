import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TrainingResult } from '../../src-main/domain/training.ts'
import { openProject } from '../../src-main/project/openProject.ts'
import { lab, startLab } from '../helpers/runLab.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { writeWordFolder } from '../helpers/wordFolder.ts'

/** Two tones as words, and a network of a few weights behind its real front end, in the real compute process. */
function wordsFor(network: string, size: string) {
  const home = temporaryFolder()
  const { speech, backgrounds } = writeWordFolder(path.join(home, 'words'), { clips: { train: 4, validation: 2, test: 2 } })
  const train = (project: string, folder: string, ...more: string[]) => [
    'train', '--project', path.join(home, project), '--name', 'tones', '--manifest', speech, '--backgrounds', backgrounds, '--network', network, '--size', size, '--batch', '4', '--mixtures', '1', '--cache', path.join(home, 'cache'),
    '--steps', '6', '--validate', '2', '--test-snr', '0', '--out', path.join(home, folder), '--json', ...more,
  ]
  return { home, train }
}

describe('lab train --network', { timeout: 240_000 }, () => {
  it('deepspeech after kill -9 goes on to the same network, bit for bit', async () => {
    const { home, train } = wordsFor('deepspeech', '6')
    const whole = await lab(train('a.metamer', 'whole'), home)
    expect(whole.code, whole.err).toBe(0)
    const killed = startLab(train('b.metamer', 'killed'), home)
    await killed.says(/tones, 2 updates: loss/)
    killed.child.kill('SIGKILL')
    await killed.outcome
    const resumed = await lab(['resume', '--project', path.join(home, 'b.metamer'), '--json'], home)
    expect(resumed.code, resumed.err).toBe(0)
    const figures = ({ stop, steps, best, validations, tests, weightsHash }: Record<string, unknown>) => ({ stop, steps, best, validations, tests, weightsHash })
    expect(figures(resumed.lines()[0]!)).toEqual(figures(whole.lines()[0]!))
  })

  it.each([
    { network: 'vggish', size: '2,2,3,3,4,5', layer: 'fc1_1', input: { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 }, kernels: [3, 3, 1, 2] },
    { network: 'deepspeech', size: '6', layer: 'lstm', input: { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 }, kernels: [26, 19, 1, 6] },
    { network: 'musicnn-vgg', size: '2', layer: 'conv2', input: { kind: 'audio', samples: 48_000, sampleRateHz: 16_000 }, kernels: [3, 3, 1, 2] },
  ])('$network makes a network with both heads, which is listed, looked at closely, and makes a metamer', async ({ network, size, layer, input, kernels }) => {
    const { home, train } = wordsFor(network, size)
    const project = path.join(home, 'a.metamer')
    const trained = await lab(train('a.metamer', 'networks', '--head', 'both', '--loss-weights', '1,10'), home)
    expect(trained.code, trained.err).toBe(0)
    const { best, tests, notices } = trained.lines()[0] as unknown as TrainingResult
    expect([best.wordAccuracy, best.meanAuc].every(Number.isFinite)).toBe(true)
    expect(tests.map(({ snrDb }) => snrDb)).toEqual([null, 0])
    expect(notices.length, 'the tones have 20 kHz').toBe(input.sampleRateHz === 20_000 ? 0 : 1)

    const opened = openProject(project, { readOnly: true })
    const { examination } = opened.trainings.detail(1)
    opened.close()
    expect([examination!.kernels.shape, examination!.answers.length]).toEqual([kernels, 4])

    const card = JSON.parse(readFileSync(path.join(home, 'networks/tones/card.json'), 'utf8')) as { input: unknown; network: unknown; stages: Array<{ name: string }>; labels: string[]; notes: string[] }
    expect(card).toMatchObject({ input, network: { from: 'architecture', name: network }, labels: ['high', 'low'] })
    expect(card.notes.join(' ').includes('Batch norms')).toBe(network === 'musicnn-vgg')
    expect(card.stages.slice(-2).map(({ name }) => name)).toEqual(['logits_audioset', 'logits'])

    const listed = await lab(['networks', '--json'], home, path.join(home, 'networks'))
    expect((listed.lines()[0] as unknown as Array<{ name: string }>).map(({ name }) => name)).toContain('tones')
    const reference = path.join(home, 'words/low_train_0.wav')
    const made = await lab(['make', '--project', project, '--network', 'tones', '--layer', layer, '--reference', reference, '--preset', 'quick look', '--updates', '5', '--json'], home, path.join(home, 'networks'))
    expect(made.code, made.err).toBe(0)
    expect(made.lines()[0]).toMatchObject({ network: 'tones', layer })
  })
})
