import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHost } from '../../src-main/host/createHost.ts'
import { runCli } from '../../src-main/cli/runCli.ts'
import { protocolFrom } from '../../src-main/domain/protocol.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import { fakeIo } from '../helpers/fakeIo.ts'
import { progressOf, runIn } from '../helpers/following.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { hostOptions, testLab, toyWorkerEntry } from '../helpers/testLab.ts'
import { toyPng } from '../helpers/toyStimuli.ts'

/** Several references of one network and layer, with the toy network in a real compute process. */

interface Made {
  state: string
  loss: { first: number; last: number }
  rho: number
}

async function made(together: string): Promise<Made[]> {
  const folder = temporaryFolder()
  const files = [1, 2, 3].map((seed) => path.join(folder, `toy${seed}.png`))
  files.forEach((file, i) => writeFileSync(file, toyPng(i + 1)))
  const io = fakeIo()
  const words = ['make', '--project', path.join(folder, 'p.metamer'), '--network', 'toy', '--layer', 'rectified', '--preset', 'quick look', '--updates', '200', '--together', together, '--json', '--reference', ...files]
  const code = await runCli(words, { io, version: '0', createHost: () => createHost(hostOptions(forkWorker(toyWorkerEntry))) })
  expect(code, io.written.err).toBe(0)
  return io.written.out.trim().split('\n').map((line) => JSON.parse(line) as Made & { run: number }).sort((a, b) => a.run - b.run)
}

describe('references of one layer', () => {
  it('give together what they give one after the other', async () => {
    const [together, alone] = [await made('8'), await made('1')]
    expect(together.map(({ state }) => state)).toEqual(['finished', 'finished', 'finished'])
    for (const [i, run] of together.entries()) {
      expect(Math.abs(run.loss.last / alone[i]!.loss.last - 1)).toBeLessThan(1e-3)
      expect(run.loss.first / alone[i]!.loss.first).toBeCloseTo(1, 5)
      expect(run.rho).toBeCloseTo(alone[i]!.rho, 3)
    }
  })

  it('are at work at the same time, are paused one by one, and are all interrupted by the death of the compute process', async () => {
    const { client, killWorker } = testLab()
    await client.call('project.create', { path: path.join(temporaryFolder(), 'p.metamer') })
    const referenceIds: number[] = []
    for (const seed of [1, 2, 3]) referenceIds.push((await client.call('references.add', { fileName: `toy${seed}.png`, bytes: toyPng(seed) })).id)
    const protocol = protocolFrom('quick look', { updates: 1_000_000 })
    const { runIds } = await client.call('runs.plan', { network: 'toy', layers: ['rectified'], referenceIds, protocol, seed: 1 })
    await Promise.all(runIds.map((id) => progressOf(client, id, 50)))
    await client.call('runs.pause', { id: runIds[1]! })
    const paused = await runIn(client, runIds[1]!, 'paused')
    expect(paused.updatesDone).toBeGreaterThan(0)
    expect((await client.call('runs.list', {})).map(({ state }) => state)).toEqual(['running', 'paused', 'running'])
    killWorker()
    const interrupted = await Promise.all([runIn(client, runIds[0]!, 'interrupted'), runIn(client, runIds[2]!, 'interrupted')])
    expect(interrupted.every(({ updatesDone }) => updatesDone > 0)).toBe(true)
    await client.call('runs.resume', { id: runIds[0]! })
    const resumed = await progressOf(client, runIds[0]!, 1)
    expect(resumed.update).toBeGreaterThan(interrupted[0]!.updatesDone)
  }, 60_000)
})
