import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { places } from '../../src-main/host/places.ts'
import { readSafetensors, writeSafetensors } from '../../src-main/weights/safetensors.ts'
import { lab } from '../helpers/runLab.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'

/** Weights as people have them, through the command line, with real networks. */

const weights = (network: string): string => path.join(places.modelsFolder, network, 'weights.safetensors')
const networksIn = (home: string): string[] => readdirSync(path.join(home, '.config/metamer-lab/networks'))

describe('lab import', () => {
  it('adds a network by its weights, which makes, is shared by its card, and is removed', async () => {
    const home = temporaryFolder()
    copyFileSync(weights('efficientnet-lite0'), path.join(home, 'Lite 0.safetensors'))
    const listed = await lab(['import', 'Lite 0.safetensors', '--json'], home)
    expect(listed.code).toBe(2)
    expect(listed.lines()[0]).toMatchObject({ format: 'safetensors', candidates: [{ network: 'efficientnet-lite0', missing: 0, extra: 0 }], graph: null })
    expect(listed.err).toContain('say whose with --as, for instance --as efficientnet-lite0.')

    const added = await lab(['import', 'Lite 0.safetensors', '--as', 'efficientnet-lite0', '--licence', 'Apache-2.0', '--json'], home)
    expect(added).toMatchObject({ code: 0 })
    expect(added.lines()[0]).toMatchObject({ network: 'efficientnet-lite0-lite-0', checks: [{ stimulus: 'cat', found: 'Egyptian cat', passed: true }] })

    const layer = (network: string, out: string) => lab(['activations', '--network', network, '--layer', 'logits', path.join(places.resourcesFolder, 'samples/cat.png'), '--out', out], home)
    expect((await layer('efficientnet-lite0-lite-0', 'own.npy')).code).toBe(0)
    await layer('efficientnet-lite0', 'catalogue.npy')
    expect(readFileSync(path.join(home, 'own.npy'))).toEqual(readFileSync(path.join(home, 'catalogue.npy')))

    expect((await lab(['networks', '--save-card', 'efficientnet-lite0-lite-0', 'card.json'], home)).code).toBe(0)
    expect((await lab(['networks', '--remove', 'efficientnet-lite0-lite-0'], home)).out).toBe('Removed the network efficientnet-lite0-lite-0.\n')
    expect(networksIn(home)).toEqual([])
    const again = await lab(['import', 'Lite 0.safetensors', '--card', 'card.json'], home)
    expect([again.code, again.out]).toEqual([0, 'Added the network efficientnet-lite0-lite-0: EfficientNet-Lite0, weights of Lite 0.safetensors.\n'])
    expect(networksIn(home)).toEqual(['efficientnet-lite0-lite-0'])
  }, 120_000)

  it('refuses what is incomplete with a table, and what does not know the cat, and adds nothing', async () => {
    const home = temporaryFolder()
    const arrays = readSafetensors(readFileSync(weights('efficientnet-lite0')))
    const head = arrays.get('_fc.weight')!
    const without = new Map([...arrays].filter(([name]) => name !== '_fc.weight'))
    writeFileSync(path.join(home, 'short.safetensors'), writeSafetensors(without))
    const short = await lab(['import', 'short.safetensors', '--as', 'efficientnet-lite0'], home)
    expect(short.code).toBe(5)
    expect(short.out).toContain('matched 246 of 247 weights (246 by name); missing 1; extra 0\n  missing: _fc.weight [1280, 1000]\n')
    expect(short.err).toContain('nothing was added')

    // Its classes one place on: everything fits, and nothing is right.
    const turned = new Map(arrays).set('_fc.weight', { ...head, data: head.data.map((_, i) => head.data[i % 1000 === 0 ? i + 999 : i - 1]!) })
    writeFileSync(path.join(home, 'turned.safetensors'), writeSafetensors(turned))
    const words = ['import', 'turned.safetensors', '--as', 'efficientnet-lite0', '--name', 'turned']
    const refused = await lab(words, home)
    expect(refused.code).toBe(5)
    expect(refused.err).toMatch(/^Network "turned" was not added: for the sample "cat" it says .+ instead of Egyptian cat\./)
    expect(networksIn(home)).toEqual([])
    const forced = await lab([...words, '--force'], home)
    expect([forced.code, networksIn(home)]).toEqual([0, ['turned']])
    expect(forced.out).toContain('NOT passed.')
  }, 120_000)

  it.each([
    [['import', 'none.pth'], 3, 'There is no file "none.pth". Check its name and folder.\n'],
    [['import', 'note.txt', '--as', 'alexnet'], 5, /^There is no network "alexnet"/],
    [['import', 'note.txt', '--as', 'vgg-19', '--card', 'c.json'], 2, /--as and --card exclude each other/],
    [['networks', '--remove', 'vgg-19'], 2, '"vgg-19" is not among the networks that you have added. There are none yet.\n'],
    [['networks', '--save-card', 'vgg-19'], 2, /--save-card NAME takes the file to write/],
  ])('says what is wrong with %j', async (words, code, sentence) => {
    const home = temporaryFolder()
    writeFileSync(path.join(home, 'note.txt'), writeSafetensors(new Map([['a', { shape: [1], data: Float32Array.of(1) }]])))
    const outcome = await lab(words, home)
    expect(outcome.code).toBe(code)
    expect(outcome.err).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence))
  })
})
