import { existsSync, mkdirSync, copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { places } from '../../src-main/host/places.ts'
import { decodeNpy, encodeNpy } from '../../src-main/media/npy.ts'
import { dataPath, maxAbsDifference, readFloat32, relativeL2 } from '../helpers/data.ts'
import { bytesOf, wavFile } from '../helpers/mediaFiles.ts'
import { lab, startLab } from '../helpers/runLab.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'

/** The command line as people and scripts use it: real processes, real networks, real files. */

const sample = (name: string): string => path.join(places.resourcesFolder, 'samples', name)
const cat = sample('cat.png')
const to = (network: string, layer: string): string[] => ['make', '--project', 'p.metamer', '--network', network, '--layer', layer, '--json']
const nullOf = (pool: string): string[] => ['null', '--project', 'p.metamer', '--network', 'efficientnet-lite0', '--pool', pool]
const make = ['make', '--project', 'p.metamer', '--network', 'efficientnet-lite0', '--layer', 'stem', '--preset', 'quick look', '--json']

describe('lab', () => {
  it('tells about the engine and the networks in JSON and nothing else on stdout', async () => {
    const home = temporaryFolder()
    const [info, networks] = await Promise.all([lab(['info', '--json'], home), lab(['networks', '--json'], home)])
    expect([info.code, networks.code]).toEqual([0, 0])
    expect(info.lines()[0]).toMatchObject({ engine: { backend: expect.any(String), threads: expect.any(Number) } })
    const listed = JSON.parse(networks.out) as Array<{ name: string; stages: Array<{ name: string; metamerLayer: boolean }> }>
    expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(['efficientnet-lite0', 'word-cnn-aliased', 'word-cnn-reduced-aliasing-random', 'vggish', 'deepspeech']))
    expect(listed[0]).toMatchObject({ kind: 'image', labels: expect.any(Array), weights: { state: 'trained', source: expect.any(String), seed: null } })
    expect(listed[0]!.stages[0]).toEqual({ name: 'stem', shape: [112, 112, 32], metamerLayer: true })
    const words = listed.find(({ name }) => name === 'word-cnn-aliased')!
    expect([words.stages[0]!.name, words.stages.at(-1)!.name, words.stages.filter((s) => s.metamerLayer).length]).toEqual(['cochleagram', 'logits', 8])
  })

  it('shows where the time of an update goes, and refuses a layer that is not there', async () => {
    const home = temporaryFolder()
    const words = ['profile', '--network', 'efficientnet-lite0', '--updates', '2', '--json']
    const found = JSON.parse((await lab([...words, '--layer', 'stem'], home)).out) as { updates: number; operations: Array<{ operation: string; callsPerUpdate: number }> }
    expect(found.updates).toBe(2)
    expect(found.operations).toContainEqual(expect.objectContaining({ operation: expect.stringMatching(/^(Conv2D|MetamerLabFewChannels)$/), shape: [1, 112, 112, 32], callsPerUpdate: 1 }))
    const refused = await lab([...words, '--layer', 'nowhere'], home)
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('Layer "nowhere" is not in network "efficientnet-lite0".')])
  })

  it('makes, survives kill -9 and Ctrl-C, goes on, judges and exports', async () => {
    const home = temporaryFolder()
    const killed = startLab([...make, '--reference', sample('cat.png'), '--updates', '200', '--seed', '1'], home)
    await killed.says(/Created the project[^]*run 1 /)
    killed.child.kill('SIGKILL')
    await killed.outcome
    expect((await lab(['runs', '--project', 'p.metamer', '--json'], home)).lines()).toMatchObject([{ run: 1, state: 'interrupted' }])

    const stopped = startLab(['resume', '--project', 'p.metamer', '--json'], home)
    await stopped.says(/run 1 /)
    stopped.child.kill('SIGINT')
    const { code, out, err } = await stopped.outcome
    expect([code, out]).toEqual([130, ''])
    expect(err).toContain('Paused. Go on with: lab resume --project p.metamer')

    const resumed = await lab(['resume', '--project', 'p.metamer', '--json'], home)
    expect(resumed.code).toBe(0)
    expect(resumed.lines()).toMatchObject([{ run: 1, state: 'finished', updates: 200, verdict: 'undecided', null: null }])

    const pool = path.join(home, 'pool')
    mkdirSync(pool)
    for (const name of ['cat.png', 'coffee.png', 'rocket.jpg']) copyFileSync(sample(name), path.join(pool, name))
    const distribution = await lab(['null', '--project', 'p.metamer', '--network', 'efficientnet-lite0', '--pool', pool, '--pairs', '3', '--seed', '1', '--json'], home)
    expect(distribution.lines().map(({ layer }) => layer)).toContain('block4')

    const runs = (await lab(['runs', '--project', 'p.metamer', '--json'], home)).lines()
    expect(Object.keys(runs[0]!)).toEqual(expect.arrayContaining(['run', 'network', 'layer', 'reference', 'updates', 'seconds', 'loss', 'rho', 'rhoByStage', 'labels', 'null', 'verdict', 'reason']))
    expect(runs[0]).toMatchObject({ network: 'efficientnet-lite0', layer: 'stem', reference: 'cat.png', updates: 200, null: { pairs: 3, maximum: expect.any(Number) } })
    expect(runs[0]!['verdict']).toMatch(/included|excluded/)

    const exported = await lab(['export', '--project', 'p.metamer', '--out', 'stimuli', '--json'], home)
    expect(exported.lines()[0]).toMatchObject({ folder: path.join(home, 'stimuli'), runs: [1] })
    expect(existsSync(path.join(home, 'stimuli/manifest.json'))).toBe(true)
  }, 120_000)

  it('writes the golden cochleagram of a .npy that is taken as it is', async () => {
    const home = temporaryFolder()
    const wave = readFloat32(dataPath('golden/pink_wave.f32')!)
    writeFileSync(path.join(home, 'pink.npy'), encodeNpy([1, wave.length], wave))
    const written = await lab(['cochleagram', 'pink.npy', '--out', 'c.npy', '--level', 'keep', '--json'], home)
    expect(written.lines()).toEqual([{ out: 'c.npy', shape: [1, 211, 400, 1], notices: [] }])
    const { shape, data } = decodeNpy(readFileSync(path.join(home, 'c.npy')), 'c.npy')
    const expected = readFloat32(dataPath('golden/pink_coch.f32')!)
    expect(shape).toEqual([1, 211, 400, 1])
    expect(relativeL2(data, expected)).toBeLessThan(1e-3)
    expect(maxAbsDifference(data, expected)).toBeLessThan(0.02)
  })

  it('writes the golden logits of a .npy that is taken as it is, a batch at a time', async () => {
    const home = temporaryFolder()
    const picture = readFloat32(dataPath('golden/efficientnet_lite0_cat_input.f32')!)
    const both = new Float32Array(2 * picture.length)
    both.set(picture)
    both.set(picture, picture.length)
    writeFileSync(path.join(home, 'cats.npy'), encodeNpy([2, 224, 224, 3], both))
    const written = await lab(['activations', '--network', 'efficientnet-lite0', '--layer', 'logits', 'cats.npy', '--out', 'a.npy', '--json'], home)
    expect(written.lines()).toEqual([{ out: 'a.npy', shape: [2, 1000], notices: [] }])
    const { data } = decodeNpy(readFileSync(path.join(home, 'a.npy')), 'a.npy')
    const expected = readFloat32(dataPath('golden/efficientnet_lite0_cat_logits.f32')!)
    expect(maxAbsDifference(data.subarray(0, 1000), expected)).toBeLessThan(1e-3)
    expect(maxAbsDifference(data.subarray(1000), expected)).toBeLessThan(1e-3)
  })

  it.each([
    ['an unknown network', [...to('nowhere', 'stem'), '--reference', cat], 2, /^There is no network "nowhere"\. The networks are: efficientnet-lite0,/],
    ['an unknown network of an array', ['activations', '--network', 'nowhere', '--layer', 'stem', cat, '--out', 'a.npy'], 2, /^There is no network "nowhere"\. The networks are: efficientnet-lite0,/],
    ['a layer that its network lacks', [...to('efficientnet-lite0', 'stem,conv9'), '--reference', cat], 2, /^Layer "conv9" is not in network "efficientnet-lite0"\./],
    ['a setting that does not exist', [...make, '--reference', cat, '--set', 'speed=2'], 2, /^lab make: --set takes NAME=VALUE/],
    ['a second stimulus that is none', [...make, '--reference', cat, places.packageFile], 3, /^"package\.json" is not a stimulus: /],
    ['a picture for a network that hears', [...to('word-cnn-reduced-aliasing', 'conv_2'), '--reference', cat], 3, /^"cat\.png" is a picture, and network "word-cnn-reduced-aliasing-random" takes sounds\./],
    ['a pool that is missing', [...nullOf('nowhere'), '--pairs', '3'], 3, /^The folder "nowhere" cannot be read\./],
    ['more pairs than a pool has', [...nullOf(path.join(places.resourcesFolder, 'samples')), '--pairs', '9999'], 2, /^A null distribution of 9,999 pairs was asked for, but \d+ stimuli give only /],
    ['an output in a folder that is missing', ['activations', '--network', 'efficientnet-lite0', '--layer', 'stem', cat, '--out', 'new/a.npy'], 4, /^The array cannot be written to "new\/a\.npy"\. Check that its folder exists,/],
    ['an unknown layer', ['activations', '--network', 'efficientnet-lite0', '--layer', 'conv9', sample('cat.png'), '--out', 'a.npy'], 2, /^Layer "conv9" is not in network "efficientnet-lite0"\. Its stages are: stem,/],
    ['a file that is missing', [...make, '--reference', 'nowhere.png'], 3, /^There is no file "nowhere\.png"\. Check its name and folder\.\n$/],
    ['a project that is missing', ['runs', '--project', 'nowhere.metamer'], 4, /^There is no project "[^"]*nowhere\.metamer"\. Check the path, or create a project there\.\n$/],
  ])('ends with a sentence on stderr and its exit code for %s', async (_, words, code, sentence) => {
    const home = temporaryFolder()
    const ended = await lab(words, home)
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toMatch(sentence)
    expect(readdirSync(home)).toEqual([])
  })

  it('carries the kind of error out of a null distribution that fails half-way', async () => {
    const home = temporaryFolder()
    for (const name of ['a.png', 'b.png', 'c.png']) copyFileSync(cat, path.join(home, name))
    const copies = await lab([...nullOf(home), '--pairs', '3'], home)
    expect(copies).toMatchObject({ code: 2, err: expect.stringContaining('needs pairs of stimuli, but the pool holds 1.') })
    writeFileSync(path.join(home, 'broken.png'), readFileSync(cat).subarray(0, 3000))
    const broken = await lab([...nullOf(home), '--pairs', '1'], home)
    expect(broken).toMatchObject({ code: 3, err: expect.stringMatching(/^"broken\.png" is damaged or cut short/m) })
  })

  it('tells what will be done to a reference before it makes a metamer by an alias and changed settings', async () => {
    const home = temporaryFolder()
    const wave = path.join(home, 'tone.wav')
    writeFileSync(wave, wavFile({ sampleRateHz: 8000, data: bytesOf(Int16Array.from({ length: 8000 }, (_, i) => 9000 * Math.sin(i / 9))) }))
    const made = await lab([...to('musicnn-mtt-vgg', 'logmel'), '--reference', wave, '--updates', '1', '--set', 'lossNormalisation=elements'], home)
    expect(made.code).toBe(0)
    expect(made.err).toMatch(/tone\.wav: The sound was 8000 Hz; resampled to 16000 Hz[^]*tone\.wav: The sound was 1 s long; [^]*run 1 /)
    expect(made.lines()).toMatchObject([{ network: 'musicnn-vgg', protocol: '2019 as code, 1 updates, lossNormalisation elements' }])
    expect(readdirSync(home).sort()).toEqual(['p.metamer', 'tone.wav'])
  })
})
