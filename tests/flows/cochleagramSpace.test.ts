import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../src-main/cli/runCli.ts'
import { createHost } from '../../src-main/host/createHost.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import { decodeNpy } from '../../src-main/media/npy.ts'
import { fakeIo } from '../helpers/fakeIo.ts'
import { bytesOf, wavFile } from '../helpers/mediaFiles.ts'
import { hostOptions, toyWorkerEntry } from '../helpers/testLab.ts'

/** The paper's Figure S9 on a toy network, by the command line and a real compute process. */

async function lab(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(words, { io, version: '0', createHost: () => createHost(hostOptions(forkWorker(toyWorkerEntry))) })
  return { code, ...io.written, lines: () => io.written.out.trim().split('\n').map((line) => JSON.parse(line)) }
}

let folder: string
let project: string
let sound: string

const make = (network: string, layer: string, ...more: string[]) =>
  lab('make', '--project', project, '--network', network, '--layer', layer, '--reference', sound, '--preset', 'quick look', '--updates', '60', '--json', ...more)

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-ear-'))
  project = path.join(folder, 'ear.metamer')
  sound = path.join(folder, 'tone.wav')
  const samples = Int16Array.from({ length: 4000 }, (_, i) => 6000 * (Math.sin(i / 3) + Math.sin((i * i) / 9000)))
  writeFileSync(sound, wavFile({ sampleRateHz: 20_000, data: bytesOf(samples) }))
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('a metamer made by moving the cochleagram', () => {
  it('is refused when planning, where there is none or it is itself the layer', async () => {
    expect(await make('toy-audio', 'louder', '--space', 'cochleagram')).toMatchObject({ code: 2, err: expect.stringMatching(/^Network "toy-audio" does not hear by a cochleagram, so there is no cochleagram to move\./) })
    expect(await make('toy-hearing-1', 'features,cochleagram', '--space', 'cochleagram')).toMatchObject({ code: 2, err: expect.stringMatching(/^Layer "cochleagram" cannot be matched by moving the cochleagram/) })
    expect(await make('toy-hearing-1', 'features', '--space', 'pitch')).toMatchObject({ code: 2, err: expect.stringMatching(/--space takes signal or cochleagram, not "pitch"/) })
    expect(readdirSync(folder)).toEqual(['tone.wav'])
  })

  it('is made, exported as numbers and picture, made audible, and judged by ears alike and unlike', async () => {
    const made = await make('toy-hearing-1', 'features', '--space', 'cochleagram', '--set', 'learningRate=0.03')
    expect(made.code).toBe(0)
    expect(made.lines()[0]).toMatchObject({ run: 1, protocol: 'quick look, 60 updates, learningRate 0.03, space cochleagram', inverts: null })
    expect(made.lines()[0].rho).toBeGreaterThan(0.9)
    expect(Object.keys(made.lines()[0].rhoByStage)).toEqual(['cochleagram', 'features', 'logits'])

    const alike = await lab('recognise', '--project', project, '--judge', 'toy-hearing-1,toy-hearing-2', '--json')
    expect(alike.lines().map(({ judge, metamers }) => [judge, metamers.stimuli])).toEqual([['toy-hearing-1', 1], ['toy-hearing-2', 1]])
    // The network that it was made for must agree with criterion 1.
    expect(alike.lines()[0].metamers.recognised).toBe(Number(made.lines()[0].labels.reference === made.lines()[0].labels.metamer))
    expect(await lab('recognise', '--project', project, '--judge', 'toy-hearing-finer', '--run', '1')).toMatchObject({
      code: 2,
      err: 'Run 1 made a cochleagram, and network "toy-hearing-finer" does not hear by the same. Make it audible first ("lab invert"): then the judge gets the sound.\n',
    })

    const inverted = await lab('invert', '--project', project, '--run', '1', '--json')
    expect(inverted.lines()[0]).toMatchObject({ run: 2, layer: 'cochleagram', protocol: 'quick look, 60 updates, learningRate 0.03', seed: 1, inverts: 1, retryOf: null })
    expect(inverted.lines()[0].rho).toBeGreaterThan(0)
    expect(await lab('invert', '--project', project, '--run', '2')).toMatchObject({ code: 2, err: expect.stringMatching(/^Run 2 did not move a cochleagram: its metamer is a sound already/) })

    // As a metamer it counts nowhere, and it is judged in the place of what it inverts.
    expect(await lab('recognise', '--project', project, '--judge', 'toy-hearing-finer', '--run', '2')).toMatchObject({ code: 2, err: expect.stringMatching(/^Run 2 makes the cochleagram of run 1 audible, and is judged with it/) })
    const unlike = await lab('recognise', '--project', project, '--judge', 'toy-hearing-finer', '--json')
    expect(unlike.lines().map(({ judge, layer, protocol }) => [judge, layer, protocol])).toContainEqual(['toy-hearing-finer', 'features', 'quick look, 60 updates, learningRate 0.03, space cochleagram'])
    expect(new Set(unlike.lines().map(({ layer }) => layer))).toEqual(new Set(['features']))
    expect((await lab('matrix', '--project', project, '--json')).lines()[0].generated).toEqual(['features'])
    expect(await lab('retry', '--project', project, '--run', '2')).toMatchObject({ code: 2, err: expect.stringMatching(/^Run 2 makes the cochleagram of run 1 audible\. Have that one made audible again instead/) })

    const out = path.join(folder, 'stimuli')
    expect((await lab('export', '--project', project, '--out', out)).code).toBe(0)
    const names = readdirSync(path.join(out, 'stimuli')).sort()
    expect(names).toEqual([
      'cochleagram-of-run1_tone.npy',
      'cochleagram-of-run1_tone.png',
      'reference_tone.wav',
      'toy-hearing-1_cochleagram_tone_seed1.wav',
      'toy-hearing-1_features_tone_seed1.npy',
      'toy-hearing-1_features_tone_seed1.png',
    ])
    const read = (name: string) => readFileSync(path.join(out, 'stimuli', name))
    const numbers = decodeNpy(read(names[4]!), names[4]!)
    expect(numbers.shape).toEqual([1, 17, 40, 1])
    expect(numbers.data.every((x) => x >= 0)).toBe(true)
    expect(read(names[0]!)).toEqual(read(names[4]!))
    expect((await lab('report', '--project', project, '--out', path.join(folder, 'r.html'), '--stimuli')).code).toBe(0)
  })
})
