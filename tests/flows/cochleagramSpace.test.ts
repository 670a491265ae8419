import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../src-main/cli/runCli.ts'
import { movedIn, protocolFrom } from '../../src-main/domain/protocol.ts'
import { createHost } from '../../src-main/host/createHost.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import { decodeNpy } from '../../src-main/media/npy.ts'
import type { RpcClient } from '../../src-main/rpc/client.ts'
import { fakeIo } from '../helpers/fakeIo.ts'
import { runIn } from '../helpers/following.ts'
import { bytesOf, wavFile } from '../helpers/mediaFiles.ts'
import { hostOptions, testLab, toyWorkerEntry } from '../helpers/testLab.ts'

/** The paper's Figure S9 on toy networks, with a real compute process. */

const protocol = movedIn('cochleagram', protocolFrom('quick look', { updates: 60, learningRate: 0.03 }))
const samples = Int16Array.from({ length: 4000 }, (_, i) => 6000 * (Math.sin(i / 3) + Math.sin((i * i) / 9000)))
const sound = wavFile({ sampleRateHz: 20_000, data: bytesOf(samples) })

let folder: string
beforeAll(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-ear-'))))
afterAll(() => rmSync(folder, { recursive: true }))

/** A project with the sound as reference 1. */
async function ear(name: string): Promise<RpcClient> {
  const { client } = testLab()
  await client.call('project.create', { path: path.join(folder, `${name}.metamer`) })
  await client.call('references.add', { fileName: 'tone.wav', bytes: sound })
  return client
}

async function judged(client: RpcClient, judges: string[], runIds?: number[]) {
  const over = new Promise<void>((resolve) => client.on('judgementProgress', ({ state }) => state === 'finished' && resolve()))
  await client.call('judgements.start', { judges, ...(runIds ? { runIds } : {}) })
  await over
  return client.call('judgements.table', { rule: 'all', standard: 'reference', includedOnly: false })
}

describe('a metamer made by moving the cochleagram', () => {
  it('is refused when planning, where there is none or it is itself the layer', async () => {
    const client = await ear('refused')
    const plan = (network: string, layers: string[]) => client.call('runs.plan', { network, layers, referenceIds: [1], protocol, seed: 1 })
    await expect(plan('toy-audio', ['louder'])).rejects.toThrow(/^Network "toy-audio" does not hear by a cochleagram, so there is no cochleagram to move\./)
    await expect(plan('toy-hearing-1', ['features', 'cochleagram'])).rejects.toThrow(/^Layer "cochleagram" cannot be matched by moving the cochleagram/)
    expect(await client.call('runs.list', {})).toEqual([])
  })

  it('is made, made audible, judged by ears alike and unlike, and exported as numbers and picture', async () => {
    const client = await ear('whole')
    const { runIds } = await client.call('runs.plan', { network: 'toy-hearing-1', layers: ['features'], referenceIds: [1], protocol, seed: 1 })
    expect(runIds).toEqual([1])
    const made = await runIn(client, 1, 'finished')
    expect(made.rho).toBeGreaterThan(0.9)
    expect(made.judgement!.stages.map(({ stage }) => stage)).toEqual(['cochleagram', 'features', 'logits'])
    expect((await client.call('runs.cochleagrams', { id: 1 }))!.metamer).toMatchObject({ rows: 17, columns: 40 })

    const alike = await judged(client, ['toy-hearing-1', 'toy-hearing-2'])
    expect(alike.map(({ judge, metamers }) => [judge, metamers.stimuli])).toEqual([['toy-hearing-1', 1], ['toy-hearing-2', 1]])
    // The network that it was made for must agree with criterion 1.
    expect(alike[0]!.metamers.recognised).toBe(Number(made.labels!.reference === made.labels!.metamer))
    await expect(judged(client, ['toy-hearing-finer'], [1])).rejects.toThrow(
      'Run 1 made a cochleagram, and network "toy-hearing-finer" does not hear by the same. Make it audible first ("lab invert"): then the judge gets the sound.',
    )

    expect(await client.call('runs.invert', { id: 1 })).toEqual({ runId: 2 })
    const inverted = await runIn(client, 2, 'finished')
    expect(inverted).toMatchObject({ layer: 'cochleagram', protocol: movedIn('signal', protocol), seed: 1, inverts: 1, retryOf: null })
    expect(inverted.rho).toBeGreaterThan(0)
    await expect(client.call('runs.invert', { id: 2 })).rejects.toThrow(/^Run 2 did not move a cochleagram: its metamer is a sound already/)

    // As a metamer the sound counts nowhere, and it is judged in the place of what it inverts.
    await expect(judged(client, ['toy-hearing-finer'], [2])).rejects.toThrow(/^Run 2 makes the cochleagram of run 1 audible, and is judged with it/)
    const unlike = await judged(client, ['toy-hearing-finer'])
    expect(unlike.map(({ judge, layer }) => [judge, layer])).toEqual([['toy-hearing-1', 'features'], ['toy-hearing-2', 'features'], ['toy-hearing-finer', 'features']])
    expect((await client.call('sets.list', {})).map((set) => [set.protocol, set.layers, set.finished])).toEqual([[protocol.name, ['features'], 1]])
    await expect(client.call('runs.retry', { runIds: [2], changes: {}, tries: 3 })).rejects.toThrow(/^Run 2 makes the cochleagram of run 1 audible\. Have that one made audible again instead/)

    const out = path.join(folder, 'stimuli')
    await client.call('export.stimulusSet', { runIds: [1, 2], folder: out })
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
    const report = await client.call('report.make', { includedOnly: false, stimuli: true })
    expect(new TextDecoder().decode(report.bytes).match(/data:image\/png/g)).toHaveLength(1)
  })

  it('is made and made audible from the command line, under a name that says what was moved', async () => {
    const file = path.join(folder, 'tone.wav')
    const project = path.join(folder, 'cli.metamer')
    writeFileSync(file, sound)
    const make = (...more: string[]) => lab('make', '--project', project, '--network', 'toy-hearing-1', '--layer', 'features', '--reference', file, '--preset', 'quick look', '--updates', '5', '--json', ...more)
    expect(await make('--space', 'pitch')).toMatchObject({ code: 2, err: expect.stringMatching(/--space takes signal or cochleagram, not "pitch"/) })
    expect(JSON.parse((await make('--space', 'cochleagram')).out)).toMatchObject({ run: 1, protocol: 'quick look, 5 updates, space cochleagram', inverts: null })
    expect(JSON.parse((await lab('invert', '--project', project, '--run', '1', '--json')).out)).toMatchObject({ run: 2, protocol: 'quick look, 5 updates', inverts: 1 })
  })
})

async function lab(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(words, { io, version: '0', createHost: () => createHost(hostOptions(forkWorker(toyWorkerEntry))) })
  return { code, ...io.written }
}
