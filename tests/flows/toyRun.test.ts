import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { protocolFrom, type Protocol } from '../../src-main/domain/protocol.ts'
import type { RunDetail } from '../../src-main/domain/run.ts'
import type { RpcClient } from '../../src-main/rpc/client.ts'
import { nullOver, progressOf, runIn } from '../helpers/following.ts'
import { bytesOf, wavFile } from '../helpers/mediaFiles.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { testLab } from '../helpers/testLab.ts'
import { toyPng, toyPool } from '../helpers/toyStimuli.ts'

/** The whole job with the toy networks in a real compute process. */

const long = protocolFrom('quick look', { updates: 1000 })
const short = protocolFrom('quick look', { updates: 20 })

async function addReference(client: RpcClient, seed = 1): Promise<number> {
  return (await client.call('references.add', { fileName: `toy${seed}.png`, bytes: toyPng(seed) })).id
}

async function plan(client: RpcClient, protocol: Protocol): Promise<number[]> {
  const referenceIds = [await addReference(client)]
  return (await client.call('runs.plan', { network: 'toy', layers: ['rectified'], referenceIds, protocol, seed: 1 })).runIds
}

async function metamerOf(client: RpcClient, id: number): Promise<{ run: RunDetail; bytes: Uint8Array }> {
  const run = await runIn(client, id, 'finished')
  return { run, bytes: (await client.call('runs.signal', { id, which: 'metamer' })).bytes }
}

describe('a run from picture to export', () => {
  it('survives the death of the compute process and ends as if nothing had happened', async () => {
    const file = path.join(temporaryFolder(), 'killed.metamer')
    const first = testLab()
    await first.client.call('project.create', { path: file })
    const [killed] = await plan(first.client, long)
    const [next] = await plan(first.client, short)
    await progressOf(first.client, killed!, 150)
    first.killWorker()

    const interrupted = await runIn(first.client, killed!, 'interrupted')
    expect(interrupted.message).toMatch(/^The compute process stopped \(signal SIGKILL\)\. Resume the run to go on from its last checkpoint, \d+ of 1000 updates\.$/)
    expect(interrupted.updatesDone).toBeGreaterThan(0)
    await runIn(first.client, next!, 'finished')
    await first.host.close()

    const second = testLab()
    await second.client.call('project.open', { path: file })
    await second.client.call('runs.resume', { id: killed! })
    const resumed = await metamerOf(second.client, killed!)

    const calm = testLab()
    await calm.client.call('project.create', { path: path.join(temporaryFolder(), 'calm.metamer') })
    const [undisturbed] = await plan(calm.client, long)
    const expected = await metamerOf(calm.client, undisturbed!)
    expect(resumed.run.loss).toEqual(expected.run.loss)
    expect(resumed.run.lossCurve).toEqual(expected.run.lossCurve)
    expect(resumed.run.judgement).toEqual(expected.run.judgement)
  })

  it('is paused and goes on, also after the project was closed', async () => {
    const file = path.join(temporaryFolder(), 'paused.metamer')
    const first = testLab()
    await first.client.call('project.create', { path: file })
    const [id] = await plan(first.client, long)
    await progressOf(first.client, id!, 100)
    await first.client.call('runs.pause', { id: id! })
    const paused = await runIn(first.client, id!, 'paused')
    expect(paused.updatesDone).toBeGreaterThanOrEqual(100)
    await first.host.close()

    const second = testLab()
    await second.client.call('project.open', { path: file })
    await second.client.call('runs.resume', { id: id! })
    const progress = await progressOf(second.client, id!, 1)
    expect(progress.update).toBeGreaterThan(paused.updatesDone)
    expect((await runIn(second.client, id!, 'finished')).updatesDone).toBe(1000)
  })

  it('tells how it goes, with a picture, while other questions are answered', async () => {
    const { client } = testLab()
    await client.call('project.create', { path: path.join(temporaryFolder(), 'p.metamer') })
    const [id] = await plan(client, long)
    const progress = await progressOf(client, id!, 1)
    expect(progress).toMatchObject({ runId: id, updates: 1000, preview: { kind: 'image', height: 4, width: 4 } })
    expect(progress.loss).toBeLessThan(progress.firstLoss)
    expect(progress.updatesPerSecond).toBeGreaterThan(0)
    expect(await addReference(client, 2)).toBe(2)
    await client.call('runs.cancel', { id: id! })
    await runIn(client, id!, 'cancelled')
  })

  it('is undecided first, decided when the null is there, and exported as it was judged', async () => {
    const { client } = testLab()
    const folder = temporaryFolder()
    await client.call('project.create', { path: path.join(folder, 'whole.metamer') })
    const [id] = await plan(client, long)
    const before = await runIn(client, id!, 'finished')
    expect(before.verdict).toMatchObject({ outcome: 'undecided', aboveNull: 'no null yet', null: null })
    expect(before.rho).toBeGreaterThan(0.9)

    const poolFolder = toyPool(path.join(folder, 'pool'), 6)
    const { jobId } = await client.call('nulls.start', { network: 'toy', poolFolder, pairs: 15, seed: 3 })
    expect(await nullOver(client, jobId)).toMatchObject({ state: 'finished', message: null })
    const distribution = (await client.call('nulls.histogram', { network: 'toy', layer: 'rectified' }))!
    expect(distribution.histogram.highest.length).toBe(15)
    expect(distribution.summary).toMatchObject({ pairs: 15, seed: 3, pool: { stimuli: 6 }, maximum: distribution.histogram.highest.at(-1) })

    const after = await client.call('runs.detail', { id: id! })
    expect(after.verdict!.null).toEqual({ pairs: 15, maximum: distribution.summary.maximum })
    expect(after.verdict!.outcome).not.toBe('undecided')

    const out = path.join(folder, 'stimuli')
    await client.call('export.stimulusSet', { runIds: [id!], folder: out })
    const manifest = readFileSync(path.join(out, 'manifest.json'), 'utf8')
    const { bytes } = await client.call('runs.signal', { id: id!, which: 'metamer' })
    expect(manifest).toContain(createHash('sha256').update(bytes).digest('hex'))
  })

  it('finds a null distribution that was stopped in another session, goes on with it, and drops one', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'p.metamer')
    const poolFolder = toyPool(path.join(folder, 'pool'), 40)
    const first = testLab()
    await first.client.call('project.create', { path: file })
    const stopped = async (client: RpcClient, seed: number) => {
      const begun = new Promise<void>((resolve) => client.on('nullProgress', ({ done }) => void (done > 0 && resolve())))
      const { jobId } = await client.call('nulls.start', { network: 'toy', poolFolder, pairs: 700, seed })
      await begun
      expect(await client.call('nulls.stopped', {})).toEqual([])
      const over = nullOver(client, jobId)
      await client.call('nulls.cancel', { jobId })
      expect((await over).state).toBe('cancelled')
    }
    await stopped(first.client, 3)
    await first.host.close()

    const { client } = testLab()
    await client.call('project.open', { path: file })
    const [found] = await client.call('nulls.stopped', {})
    expect(found).toMatchObject({ plan: { network: 'toy', poolFolder, pairs: 700, seed: 3, mode: 'pool', augmentation: 'none' }, total: 40, unit: 'draws' })
    expect(found!.done).toBeGreaterThan(0)
    const told: number[] = []
    client.on('nullProgress', ({ phase, done }) => void (phase === 'activations' && done > 0 && told.push(done)))
    const { jobId } = await client.call('nulls.start', found!.plan)
    expect(await nullOver(client, jobId)).toMatchObject({ state: 'finished' })
    expect(told.every((done) => done > found!.done)).toBe(true)
    expect(existsSync(`${file}.nulls`)).toBe(false)

    await stopped(client, 4)
    const [other] = await client.call('nulls.stopped', {})
    await client.call('nulls.drop', { id: other!.id })
    expect([await client.call('nulls.stopped', {}), existsSync(`${file}.nulls`)]).toEqual([[], false])
    await expect(client.call('nulls.drop', { id: other!.id })).rejects.toThrow('This null distribution is at work, or is no longer there; nothing was removed.')
  })

  it('names the broken file when a pool holds one, and stores nothing', async () => {
    const { client } = testLab()
    const folder = temporaryFolder()
    await client.call('project.create', { path: path.join(folder, 'p.metamer') })
    const poolFolder = toyPool(path.join(folder, 'pool'), 3)
    writeFileSync(path.join(poolFolder, 'broken.png'), toyPng(1).subarray(0, 60))
    const { jobId } = await client.call('nulls.start', { network: 'toy', poolFolder, pairs: 6, seed: 3 })
    expect(await nullOver(client, jobId)).toMatchObject({ state: 'failed', message: expect.stringMatching(/^"broken.png" is damaged or cut short/) })
    expect((await client.call('nulls.list', {})).nulls).toEqual([])
  })

  it('makes a sound too, on ρ only where the network has no labels', async () => {
    const { client } = testLab()
    await client.call('project.create', { path: path.join(temporaryFolder(), 'p.metamer') })
    const samples = Int16Array.from({ length: 160 }, (_, i) => 8000 * Math.sin(i))
    const bytes = wavFile({ sampleRateHz: 8000, data: bytesOf(samples) })
    const { id: reference } = await client.call('references.add', { fileName: 'tone.wav', bytes })
    const cut = 'The sound was 0.02 s long; its middle 0.002 s were taken.'
    expect((await client.call('references.notices', { id: reference, network: 'toy-audio' })).notices[0]).toBe(cut)
    const { runIds } = await client.call('runs.plan', { network: 'toy-audio', layers: ['louder'], referenceIds: [reference], protocol: short, seed: 1 })
    const run = await runIn(client, runIds[0]!, 'finished')
    expect(run.verdict).toMatchObject({ outcome: 'undecided', sameLabel: 'not applicable' })
    expect(run.labels).toBeNull()
    expect(run.message).toContain(cut)
    expect(await client.call('runs.cochleagrams', { id: run.id })).toMatchObject({ metamer: { rows: 211, columns: 400 } })
    const wav = await client.call('runs.signal', { id: run.id, which: 'metamer' })
    expect([wav.mimeType, new TextDecoder().decode(wav.bytes.subarray(0, 4))]).toEqual(['audio/wav', 'RIFF'])
  })
})
