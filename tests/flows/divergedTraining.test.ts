import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { lab } from '../helpers/runLab.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { writeWordFolder } from '../helpers/wordFolder.ts'

function wordsToTrainOn() {
  const home = temporaryFolder()
  const { speech } = writeWordFolder(path.join(home, 'words'), { clips: { train: 4, validation: 2 } })
  const train = (project: string, name: string, ...more: string[]) => lab([
    'train', '--project', path.join(home, project), '--name', name, '--manifest', speech, '--size', '2,3,2,3,2,4', '--batch', '4', '--mixtures', '1', '--cache', path.join(home, 'cache'),
    '--optimiser', 'sgd', '--schedule', 'constant', '--validate', '1', '--out', path.join(home, 'networks'), '--json', ...more,
  ], home)
  return { home, train }
}

describe('lab train with a rate that is too high', { timeout: 240_000 }, () => {
  it('ends with the layer and leaves no network, whatever the target', async () => {
    const { home, train } = wordsToTrainOn()
    const outcome = await train('a.metamer', 'tones', '--rate', '1e20', '--steps', '4', '--target', 'word=0.95')
    expect(outcome.code).not.toBe(0)
    expect(outcome.err).toMatch(/Training stopped at the validation after 1 updates \(epoch 1\): the loss became (NaN|Infinity)\. .*No checkpoint was kept before it\./)
    expect(existsSync(path.join(home, 'networks/tones/card.json'))).toBe(false)
    expect(existsSync(path.join(home, 'networks/tones/training/last.safetensors'))).toBe(false)
  })

  it('goes on from its last checkpoint with a lower one, and the card says from which update on', async () => {
    const { home, train } = wordsToTrainOn()
    expect((await train('a.metamer', 'tones', '--rate', '0.01', '--steps', '2')).code).toBe(0)
    const diverged = await train('b.metamer', 'tones', '--rate', '1e20', '--steps', '4')
    expect(diverged.err).toMatch(/Training stopped at .*The last finite checkpoint is kept, of update 2: a training of this name with a lower rate, all else equal, goes on from there; under another name it begins anew\./)
    const listed = await lab(['trainings', '--project', path.join(home, 'b.metamer')], home)
    expect(listed.out).toMatch(/^training +state +name +kind +updates +right +mean AUC +loss\n1 +failed +tones +words +\d\/4 +.*\nTraining 1: Training stopped at /)
    const lower = await train('c.metamer', 'tones', '--rate', '0.001', '--steps', '4')
    expect(lower.code, lower.err).toBe(0)
    expect(lower.lines()[0]).toMatchObject({ steps: 4, rates: [{ from: 0, rate: 0.01 }, { from: 2, rate: 0.001 }] })
    const { notes } = JSON.parse(readFileSync(path.join(home, 'networks/tones/card.json'), 'utf8')) as { notes: string[] }
    expect(notes.join(' ')).toContain('rate 0.01 (constant) up to update 2, 0.001 (constant) from then on')
    expect(notes.join(' '), 'there are no backgrounds').toMatch(/Clips: 1 mixture of each, moved by up to 0\.15 s, nothing mixed in, seed 1\. .*Validation \(clean\): .*Data: manifests with SHA-256 [0-9a-f]{64}, files with SHA-256 [0-9a-f]{64}, mixtures of seed 1\./)
  })
})
