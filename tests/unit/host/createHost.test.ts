import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { EngineError } from '../../../src-main/domain/errors.ts'
import { presets } from '../../../src-main/domain/protocol.ts'
import { createHost } from '../../../src-main/host/createHost.ts'
import { decodeNpy } from '../../../src-main/media/npy.ts'
import { readPngText } from '../../../src-main/media/encodePng.ts'
import { createRpcClient } from '../../../src-main/rpc/client.ts'
import { createInMemoryPair } from '../../../src-main/rpc/transports/inMemory.ts'
import { createFakeWorker } from '../../helpers/fakeWorker.ts'
import { createGate } from '../../helpers/gate.ts'
import { runIn } from '../../helpers/following.ts'
import { protocol } from '../../helpers/sampleRuns.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'
import { hostOptions } from '../../helpers/testLab.ts'

const engine = { backend: 'tensorflow', tensorflowVersion: '2.21.0', device: 'CPU', threads: 2, slow: false, slowReason: null, nodeVersion: 'v24' } as const

/** A host over a compute process that computes nothing. */
function setUp() {
  const worker = createFakeWorker()
  worker.answers.describe = () => engine
  worker.answers.checkStimulus = () => ({ kind: 'image', notices: ['Cropped.'], thumbnailPng: null, durationS: null })
  const host = createHost(hostOptions(worker.launch))
  const connect = () => {
    const [mine, its] = createInMemoryPair()
    host.connect(its)
    return createRpcClient(mine)
  }
  onTestFinished(() => host.close())
  const folder = temporaryFolder()
  return { worker, host, folder, connect, client: connect(), file: path.join(folder, 'p.metamer') }
}

describe('the host', () => {
  it('does not start the compute process before it is needed', async () => {
    const { client, file, worker } = setUp()
    await client.call('project.create', { path: file })
    expect(await client.call('runs.list', {})).toEqual([])
    expect(worker.launches()).toBe(0)
    expect(await client.call('app.info', {})).toEqual({ version: '0.0.0', engine, shell: 'browser' })
    expect(worker.launches()).toBe(1)
  })

  it('asks again after a question that failed', async () => {
    const { client, worker } = setUp()
    worker.answers.describe = () => {
      throw new EngineError('Not yet.')
    }
    await expect(client.call('app.info', {})).rejects.toThrow('Not yet.')
    worker.answers.describe = () => engine
    expect((await client.call('app.info', {})).engine).toEqual(engine)
  })

  it('tells every window of a change', async () => {
    const { client, connect, file } = setUp()
    const other = connect()
    const heard: unknown[] = []
    other.on('changed', (change) => heard.push(change))
    await client.call('project.create', { path: file })
    await client.call('references.add', { fileName: 'a.png', bytes: Uint8Array.of(1) })
    expect(heard).toEqual([{ what: 'project', ids: [] }, { what: 'references', ids: [1] }])
  })

  it('makes nothing by settings beyond their limits, whoever asks', async () => {
    const { client, file } = setUp()
    await client.call('project.create', { path: file })
    const { id } = await client.call('references.add', { fileName: 'a.png', bytes: Uint8Array.of(1) })
    const plan = { network: 'toy-picture', layers: ['stem'], referenceIds: [id], seed: 1 }
    await expect(client.call('runs.plan', { ...plan, protocol: { ...protocol, learningRate: 50 } })).rejects.toThrow(
      '"runs.plan" was called with parameters of the wrong form: protocol.learningRate: a number above 0, up to 10, written as in 0.001; not "50"',
    )
    expect(await client.call('runs.list', {})).toEqual([])
  })

  it('removes a run for every window, and not while it is at work', async () => {
    const { client, connect, file, worker } = setUp()
    const begun = createGate()
    worker.answers.synthesise = async () => (begun.resolve(), new Promise(() => undefined))
    await client.call('project.create', { path: file })
    const { id } = await client.call('references.add', { fileName: 'a.png', bytes: Uint8Array.of(1) })
    const { runIds } = await client.call('runs.plan', { network: 'toy-picture', layers: ['stem', 'logits'], referenceIds: [id], protocol, seed: 1 })
    await begun.promise
    await expect(client.call('runs.remove', { runIds })).rejects.toThrow('Runs 1, 2 wait or are at work; nothing was removed. Pause or cancel them first.')
    await client.call('runs.cancel', { id: 2 })
    const heard: unknown[] = []
    connect().on('changed', (change) => heard.push(change))
    expect(await client.call('runs.remove', { runIds: [2] })).toEqual({ runIds: [2] })
    expect(heard).toEqual([{ what: 'runs', ids: [2] }])
    expect((await client.call('runs.list', {})).map((run) => run.id)).toEqual([1])
    worker.crash()
  })

  it('answers from the other project what is asked while the first one is still being left', async () => {
    const { client, connect, file, folder, worker } = setUp()
    const [begun, paused] = [createGate(), createGate()]
    worker.answers.synthesise = async () => (begun.resolve(), await paused.promise, null)
    await client.call('project.create', { path: file })
    const { id } = await client.call('references.add', { fileName: 'a.png', bytes: Uint8Array.of(1) })
    await client.call('runs.plan', { network: 'toy-picture', layers: ['stem'], referenceIds: [id], protocol, seed: 1 })
    await begun.promise
    const entering = client.call('project.create', { path: path.join(folder, 'other.metamer') })
    const asked = connect().call('runs.list', {})
    paused.resolve()
    expect(await asked).toEqual([])
    expect((await entering).name).toBe('other')
  })

  it('tells every window when the open project\'s file is gone, and saves a copy', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { client, file, folder } = setUp()
    const problems: string[] = []
    client.on('problem', ({ message }) => problems.push(message))
    await client.call('project.create', { path: file })
    rmSync(file)
    vi.advanceTimersByTime(5000)
    expect(await client.call('project.saveCopy', { path: path.join(folder, 'copy') })).toEqual({ path: path.join(folder, 'copy.metamer') })
    expect(problems).toEqual([expect.stringContaining(`The project file "${file}" was moved, replaced or deleted.`)])
    expect(existsSync(path.join(folder, 'copy.metamer'))).toBe(true)
  })

  it('says that no project is open', async () => {
    const { client } = setUp()
    expect(await client.call('project.current', {})).toBeNull()
    await expect(client.call('runs.list', {})).rejects.toMatchObject({ code: 'ProjectError', message: 'No project is open. Create one, or open one, first.' })
  })

  it('adds the ending that a new project lacks, and opens what is open once', async () => {
    const { client, folder, file } = setUp()
    const made = await client.call('project.create', { path: path.join(folder, 'p') })
    expect(made).toEqual({ path: file, name: 'p', readOnlyReason: null })
    expect(await client.call('project.open', { path: file })).toEqual(made)
  })

  it('keeps the open project when another cannot be opened', async () => {
    const { client, folder, file } = setUp()
    await client.call('project.create', { path: file })
    await expect(client.call('project.open', { path: path.join(folder, 'nowhere.metamer') })).rejects.toMatchObject({ code: 'ProjectError' })
    expect((await client.call('project.current', {}))!.path).toBe(file)
  })

  it('pauses what is at work when another project is opened', async () => {
    const { client, folder, file, worker } = setUp()
    await client.call('project.create', { path: file })
    const { id } = await client.call('references.add', { fileName: 'a.png', bytes: Uint8Array.of(1) })
    const held = worker.holdAt(1, 2)
    await client.call('runs.plan', { network: 'toy-picture', layers: ['stem'], referenceIds: [id], protocol, seed: 1 })
    await held
    await client.call('project.create', { path: path.join(folder, 'other.metamer') })
    expect(await client.call('runs.list', {})).toEqual([])
    await client.call('project.open', { path: file })
    expect(await client.call('runs.list', {})).toMatchObject([{ id: 1, state: 'paused', updatesDone: 2 }])
  })

  it('gives a finished run as the file that an export would write', async () => {
    const { client, file } = setUp()
    await client.call('project.create', { path: file })
    const { id } = await client.call('references.add', { fileName: 'a.png', bytes: Uint8Array.of(1) })
    await client.call('runs.plan', { network: 'toy-picture', layers: ['stem'], referenceIds: [id], protocol, seed: 1 })
    const run = await runIn(client, 1, 'finished')
    expect(run.environment).toMatchObject({ program: 'metamer-lab 0.0.0', backend: 'tensorflow', tensorflow: '2.21.0', threads: 2 })
    const { fileName, mimeType, bytes } = await client.call('runs.signal', { id: 1, which: 'metamer' })
    expect([fileName, mimeType]).toEqual(['run1_metamer.png', 'image/png'])
    expect(JSON.parse(readPngText(bytes)['metamer-lab']!)).toMatchObject({ network: { name: 'toy-picture', weights: { licence: 'MIT' } }, layer: 'stem' })
    const { files } = await client.call('export.stimulusSet', { runIds: [1], folder: path.join(path.dirname(file), 'out') })
    expect(files).toBeGreaterThan(3)
  })

  it('gives what a stopped run had come to, and says that it is unfinished', async () => {
    const { client, file, worker } = setUp()
    worker.answers.quantise = ({ signal }) => ({ kind: 'image', height: 1, width: 1, data: Uint8Array.from(signal, (x) => 10 * x * 10) })
    await client.call('project.create', { path: file })
    const { id } = await client.call('references.add', { fileName: 'a.png', bytes: Uint8Array.of(1) })
    const [begun, waiting] = [worker.holdAt(1, 2), worker.holdAt(2, 0)]
    await client.call('runs.plan', { network: 'toy-picture', layers: ['stem', 'logits'], referenceIds: [id], protocol, seed: 1 })
    await begun
    await expect(client.call('runs.signal', { id: 1, which: 'metamer' })).rejects.toThrow('Run 1 is running; it has no result yet.')
    await client.call('runs.pause', { id: 1 })
    await runIn(client, 1, 'paused')
    const { fileName, bytes } = await client.call('runs.signal', { id: 1, which: 'metamer' })
    expect(fileName).toBe('run1_unfinished.png')
    expect(JSON.parse(readPngText(bytes)['metamer-lab']!)).toMatchObject({ run: 1, updates: 2, finishedAt: null })
    await expect(client.call('runs.signal', { id: 1, which: 'reference' })).rejects.toThrow('Run 1 is paused; it has no result yet.')
    await waiting
    await client.call('runs.pause', { id: 2 })
    await runIn(client, 2, 'paused')
    await expect(client.call('runs.signal', { id: 2, which: 'metamer' })).rejects.toThrow('Run 2 is paused; it has no result yet.')
  })

  it('lists samples and presets, and adds a sample by name', async () => {
    const { client, file } = setUp()
    const samples = await client.call('samples.list', {})
    expect(samples.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['image', 'audio']))
    await client.call('project.create', { path: file })
    expect(await client.call('samples.add', { name: samples[0]!.name })).toMatchObject({ kind: 'image', notices: ['Cropped.'] })
    await expect(client.call('samples.add', { name: '../secret' })).rejects.toThrow(/^There is no sample "\.\.\/secret"\. The samples are: /)
    const protocols = await client.call('protocols.list', {})
    expect(protocols.map(({ protocol: { name } }) => name)).toEqual(presets.map(({ name }) => name))
    expect(protocols.every(({ note }) => note.length > 10)).toBe(true)
  })

  it('keeps only the name of a file whose path was given', async () => {
    const { client, file } = setUp()
    await client.call('project.create', { path: file })
    expect(await client.call('references.add', { fileName: '/home/someone/a.png', bytes: Uint8Array.of(1) })).toMatchObject({ fileName: 'a.png' })
  })

  it('writes arrays whole, with the weights at hand before they are needed', async () => {
    const { host, folder, worker } = setUp()
    worker.answers.activations = () => ({ shape: [1, 2], data: new Float32Array([0.5, 2]), notices: ['Cropped.'] })
    const output = path.join(folder, 'a.npy')
    const input = path.join(hostOptions(worker.launch).resourcesFolder, 'samples/cat.png')
    expect(await host.tools.activations(input, output, { network: 'toy-picture', layer: 'stem' })).toEqual({ shape: [1, 2], notices: ['Cropped.'] })
    expect(decodeNpy(readFileSync(output), 'a.npy')).toEqual({ shape: [1, 2], data: new Float32Array([0.5, 2]) })
    await expect(host.tools.activations(input, path.join(folder, 'new/b.npy'), { network: 'toy-picture', layer: 'stem' })).rejects.toMatchObject({
      code: 'ExportError',
      message: expect.stringMatching(/^The array cannot be written to ".*b\.npy"\. Check that its folder exists, that you may write there and that the disk has room\.$/),
    })
    expect(existsSync(path.join(folder, 'new'))).toBe(false)
    await expect(host.tools.readStimulus(folder)).rejects.toThrow(/cannot be read\. Check that it is a file/)
  })
})
