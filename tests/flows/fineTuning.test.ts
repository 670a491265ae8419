import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { stripes, writePictureFolder } from '../helpers/pictureFolder.ts'
import { lab, startLab } from '../helpers/runLab.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'

/** Lying and standing stripes, the catalogue's smallest network, and the real compute process. */
function picturesToTrainOn() {
  const home = temporaryFolder()
  const folder = path.join(home, 'pictures')
  writePictureFolder(folder)
  const words = (project: string, ...more: string[]) => [
    'train', '--project', path.join(home, project), '--name', 'stripes', '--pictures', folder, '--batch', '4', '--views', '2', '--from', 'head', '--cache', path.join(home, 'cache'), '--json', ...more,
  ]
  return { home, folder, words }
}

describe('lab train --pictures', { timeout: 240_000 }, () => {
  it('after kill -9 goes on to the same network, bit for bit, at which a metamer is made at once', async () => {
    const { home, words } = picturesToTrainOn()
    const settings = ['--steps', '6', '--validate', '3']
    const whole = await lab(words('a.metamer', ...settings, '--out', path.join(home, 'whole')), home)
    expect(whole.code, whole.err).toBe(0)
    expect(whole.err).toMatch(/2 labels. Pictures: train 8; validation 4; test 4\./)

    const killed = startLab(words('b.metamer', ...settings, '--out', path.join(home, 'killed')), home)
    await killed.says(/stripes, 3 updates: loss/)
    killed.child.kill('SIGKILL')
    await killed.outcome
    const resumed = await lab(['resume', '--project', path.join(home, 'b.metamer'), '--json'], home)
    expect(resumed.code, resumed.err).toBe(0)
    const [first, second] = [whole.lines()[0]!, resumed.lines()[0]!]
    const figures = ({ stop, steps, best, validations, tests, weightsHash, datasetHash }: Record<string, unknown>) => ({ stop, steps, best, validations, tests, weightsHash, datasetHash })
    expect(figures(second)).toEqual(figures(first))
    expect(first['tests']).toEqual([expect.objectContaining({ split: 'test', snrDb: null, clips: 4 })])

    const card = JSON.parse(readFileSync(path.join(home, 'whole/stripes/card.json'), 'utf8')) as { labels: string[]; notes: string[]; stages: Array<{ name: string; shape: number[]; metamerLayer: boolean }> }
    expect(card.labels).toEqual(['lying', 'standing'])
    expect(card.stages.at(-1)).toMatchObject({ name: 'logits', shape: [2] })
    expect(card.notes.join(' ')).toMatch(/Fine-tuned from efficientnet-lite0 .*head and all after it learned.* seed 1; 6 updates, ended because: all steps made.*Test, 4 pictures that were not trained on: \d+\.\d % right\. Data: manifest with SHA-256 [0-9a-f]{64}/)

    writeFileSync(path.join(home, 'one.png'), stripes(true, 7))
    const made = await lab(['make', '--project', path.join(home, 'a.metamer'), '--network', 'stripes', '--layer', 'logits', '--reference', path.join(home, 'one.png'), '--preset', 'quick look', '--updates', '20', '--json'], home, path.join(home, 'whole'))
    expect(made.err).not.toMatch(/cannot/)
    expect(made.lines()[0]).toMatchObject({ network: 'stripes', layer: 'logits' })
  })

  it.each([
    ['an unknown network', ['--network', 'lite9'], 2, /There is no network "lite9"\. The networks are: efficientnet-lite0,/],
    ['a network of sounds', ['--network', 'vggish'], 2, /Network "vggish" takes sounds; pictures are learned by a network that takes pictures\. Choose one of efficientnet-lite0, /],
    ['an unknown layer', ['--from', 'block9'], 2, /Layer "block9" is not in network "efficientnet-lite0"\. Its stages are: stem, block1,/],
    ['a layer of another network', ['--network', 'vgg-19', '--from', 'block6'], 2, /Layer "block6" is not in network "vgg-19"\. Its stages are: conv1_2,/],
    ['an option for sounds', ['--backgrounds', 'b.csv'], 2, /--backgrounds is for sounds and does not go with --pictures/],
  ])('refuses %s before a project is made', async (_, more, code, message) => {
    const { home, words } = picturesToTrainOn()
    const outcome = await lab(words('c.metamer', ...more), home)
    expect([outcome.code, outcome.err]).toEqual([code, expect.stringMatching(message)])
    expect(existsSync(path.join(home, 'c.metamer'))).toBe(false)
  })

  it('says which picture cannot be decoded', async () => {
    const { home, folder, words } = picturesToTrainOn()
    const whole = readFileSync(path.join(folder, 'train/lying/0.png'))
    mkdirSync(path.join(folder, 'train/lying'), { recursive: true })
    writeFileSync(path.join(folder, 'train/lying/0.png'), whole.subarray(0, whole.length / 2))
    const outcome = await lab(words('d.metamer', '--steps', '2', '--out', home), home)
    expect(outcome.code).not.toBe(0)
    expect(outcome.err).toMatch(/train\/lying\/0\.png" is damaged or cut short: its pixels cannot all be read\./)
  })
})
