import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { encode as png } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { networkSummaries } from '../../src-main/engine/models/catalogue.ts'
import { protocolFrom } from '../../src-main/domain/protocol.ts'
import { networkSummaries } from '../../src-main/engine/models/catalogue.ts'
import { createHost, type Host } from '../../src-main/host/createHost.ts'
import { places } from '../../src-main/host/places.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import { createRpcClient, type RpcClient } from '../../src-main/rpc/client.ts'
import { createInMemoryPair } from '../../src-main/rpc/transports/inMemory.ts'
import { bytesOf, mediaFixture, wavFile } from '../helpers/mediaFiles.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { hostOptions } from '../helpers/testLab.ts'

/** What a person meets who gives the program something it cannot use: by the window's own calls, through the real compute process. */

const fixtures = path.resolve(import.meta.dirname, '../fixtures')
const folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-wrong-'))
let host: Host
let client: RpcClient
let cat: number

beforeAll(async () => {
  host = createHost(hostOptions(forkWorker(places.workerEntry)))
  client = connect(host)
  await client.call('project.create', { path: path.join(folder, 'p.metamer') })
  cat = (await client.call('samples.add', { name: 'cat' })).id
})
afterAll(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

function connect(to: Host): RpcClient {
  const [mine, its] = createInMemoryPair()
  to.connect(its)
  return createRpcClient(mine)
}

const samples = (count: number): Int16Array => Int16Array.from({ length: count }, (_, i) => 9000 * Math.sin(i / 9))
const tone = (fields: { sampleRateHz?: number; channels?: number; seconds?: number }): Uint8Array => {
  const { sampleRateHz = 20_000, channels = 1, seconds = 2 } = fields
  return wavFile({ sampleRateHz, channels, data: bytesOf(samples(sampleRateHz * channels * seconds)) })
}
const sample = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(places.resourcesFolder, 'samples', name)))

describe('a stimulus that cannot be used', () => {
  it.each<[string, string, Uint8Array, string, RegExp]>([
    ['a text', 'notes.txt', new TextEncoder().encode('Buy milk, then call home.'), 'MediaError', /^"notes.txt" is not a stimulus: expected a picture \(PNG, JPEG, WebP, GIF or TIFF\), a sound \(WAV\) or an array \(NPY\)\. Choose another file, or convert it first\.$/],
    ['an empty file', 'empty.png', new Uint8Array(), 'MediaError', /^"empty.png" is empty \(0 bytes\)\. Choose another file, or copy it again from its source\.$/],
    ['a truncated PNG', 'cut.png', sample('cat.png').subarray(0, 3000), 'MediaError', /^"cut.png" is damaged or cut short: its pixels cannot all be read\. Copy it again from its source, or choose another picture\.$/],
    ['a truncated WAV', 'cut.wav', tone({}).subarray(0, 1000), 'MediaError', /^"cut.wav" is cut short: its header promises 80000 bytes of samples, the file holds \d+\. Copy it again from its source, or choose another file\.$/],
    ['a silent sound', 'silent.wav', wavFile({ data: new Uint8Array(80_000) }), 'MediaError', /^"silent.wav": The sound is silent: every sample is 0, so no level can be set\. Choose a recording with sound in it, or level "keep"\.$/],
    ['an MP3', 'song.mp3', new TextEncoder().encode('ID3 and so on, for a while'), 'MediaError', /^"song.mp3" holds an MP3 sound, which cannot be read here\. Convert it to WAV and choose that\.$/],
    ['an array of whole numbers', 'int16.npy', mediaFixture('int16.npy'), 'MediaError', /^"int16.npy" holds numbers of type "<i2"; expected/],
    ['an array of no stimulus', 'vector.npy', mediaFixture('vector.npy'), 'ShapeError', /^"vector.npy" has shape \[\d+\]; expected \[batch, height, width, 3\] for pictures or \[batch, samples\] for sounds\. Reshape/],
  ])('%s is refused with its sentence, and nothing is stored', async (_, fileName, bytes, code, sentence) => {
    const before = (await client.call('references.list', {})).length
    const failure = client.call('references.add', { fileName, bytes })
    await expect(failure).rejects.toThrow(sentence)
    await expect(failure).rejects.toMatchObject({ code })
    expect((await client.call('references.list', {})).length).toBe(before)
  })
})

describe('a stimulus that is changed on the way in', () => {
  const told = (notices: string[], notice: RegExp) => expect(notices.join(' ').replaceAll(',', '')).toMatch(new RegExp(notice.source.replaceAll(',', '')))

  it.each<[string, string, () => Uint8Array, RegExp]>([
    ['stereo', 'stereo.wav', () => tone({ channels: 2 }), /Its two channels were mixed down to one, their mean\./],
    ['a 16-bit PNG', 'deep.png', () => png({ width: 2, height: 2, channels: 3, depth: 16, data: new Uint16Array(12).fill(40_000) }), /Its 16 bits per channel were reduced to 8/],
    ['a transparent PNG', 'clear.png', () => png({ width: 2, height: 2, channels: 4, data: new Uint8Array(16).fill(100) }), /It has transparent pixels; they were laid over white\./],
    ['a greyscale PNG', 'grey.png', () => png({ width: 2, height: 2, channels: 1, data: new Uint8Array(4).fill(100) }), /It is greyscale; its values were copied to all three channels\./],
  ])('%s is told when it is added', async (_, fileName, bytes, notice) => {
    const { notices } = await client.call('references.add', { fileName, bytes: bytes() })
    told(notices, notice)
  })

  it.each<[string, string, () => Uint8Array, string, RegExp]>([
    ['8 kHz', 'slow.wav', () => tone({ sampleRateHz: 8000 }), 'word-cnn-aliased', /8000 Hz; resampled to 20000 Hz, so nothing above 4000 Hz is in it\./],
    ['96 kHz', 'fast.wav', () => tone({ sampleRateHz: 96_000 }), 'word-cnn-aliased', /96000 Hz; resampled to 20000 Hz/],
    ['a long sound', 'long.wav', () => tone({ seconds: 3 }), 'word-cnn-aliased', /The sound was 3 s long; its middle 2 s were taken\./],
    ['a short sound', 'short.wav', () => tone({ seconds: 1 }), 'word-cnn-aliased', /The sound was 1 s long; silence was added on both sides to make 2 s\./],
    ['a wide picture', 'wide.png', () => png({ width: 300, height: 250, channels: 3, data: new Uint8Array(225_000).fill(9) }), 'efficientnet-lite0', /^Cropped from 300 x 250 to its central 250 x 250 pixels\. Resized from 250 x 250 to 224 x 224 pixels\.$/],
  ])('%s is told for the network that is to take it', async (_, fileName, bytes, network, notice) => {
    const { id } = await client.call('references.add', { fileName, bytes: bytes() })
    told((await client.call('references.notices', { id, network })).notices, notice)
  })
})

describe('a plan that cannot work', () => {
  const protocol = protocolFrom('quick look', { updates: 1 })
  const plan = (changes: object) =>
    client.call('runs.plan', { network: 'efficientnet-lite0', layers: ['stem'], referenceIds: [cat], protocol, seed: 1, ...changes })

  it.each<[string, object, string]>([
    ['an unknown layer', { layers: ['conv9'] }, 'Layer "conv9" is not in network "efficientnet-lite0". Its stages are: stem, block1, block2, block3, block4, block5, block6, block7, head, pooled, logits. Choose one of these.'],
    ['an unknown network', { network: 'resnet' }, `There is no network "resnet". The networks are: ${networkSummaries().map(({ name }) => name).join(', ')}. Choose one of these.`],
    ['a picture for a network that hears', { network: 'word-cnn-aliased', layers: ['conv_0'] }, 'Network "word-cnn-aliased" takes sounds; reference "cat.png" is a picture. Choose another network, or another reference.'],
    ['an unknown reference', { referenceIds: [99] }, 'There is no reference 99 in this project. Add the stimulus first.'],
  ])('%s is refused before anything is recorded', async (_, changes, sentence) => {
    await expect(plan(changes)).rejects.toMatchObject({ message: sentence })
    expect(await client.call('runs.list', {})).toEqual([])
  })

  it('a protocol out of range is refused at the border', async () => {
    await expect(plan({ protocol: { ...protocol, updates: 0 } })).rejects.toThrow(/^"runs.plan" was called with parameters of the wrong form: protocol.updates: /)
  })
})

describe('a folder that is no pool', () => {
  const start = async (poolFolder: string, pairs = 1): Promise<string | null> => {
    const { jobId } = await client.call('nulls.start', { network: 'efficientnet-lite0', poolFolder, pairs, seed: 1 })
    return new Promise((resolve) => {
      client.on('nullProgress', (job) => job.jobId === jobId && job.state !== 'running' && resolve(job.message))
    })
  }

  it('says that it does not exist, or holds nothing', async () => {
    const missing = path.join(folder, 'nowhere')
    expect(await start(missing)).toBe(`The folder "${missing}" cannot be read. Check that it exists and that you may read it.`)
    const empty = path.join(folder, 'empty')
    mkdirSync(empty)
    expect(await start(empty)).toBe(`The folder "${empty}" holds no pictures (PNG, JPEG, WebP, GIF, TIFF), sounds (WAV) or arrays (NPY). Choose another folder.`)
  })

  it('says how many pairs it could give', async () => {
    const pool = path.join(folder, 'pool')
    mkdirSync(pool)
    for (const name of ['cat.png', 'coffee.png', 'rocket.jpg']) copyFileSync(path.join(places.resourcesFolder, 'samples', name), path.join(pool, name))
    expect(await start(pool, 4)).toBe('A null distribution of 4 pairs was asked for, but 3 stimuli give only 3 different pairs. Ask for at most 3, use a larger pool, or augment the stimuli (crops).')
  })
})

describe('weights that are not the ones of the card', () => {
  async function failureWith(change: (weights: string) => void): Promise<string | null> {
    const modelsFolder = path.join(temporaryFolder(), 'models')
    cpSync(path.join(places.modelsFolder, 'efficientnet-lite0'), path.join(modelsFolder, 'efficientnet-lite0'), { recursive: true })
    change(path.join(modelsFolder, 'efficientnet-lite0/weights.safetensors'))
    const other = createHost({ ...hostOptions(forkWorker(places.workerEntry)), modelsFolder })
    try {
      const { client: its } = { client: connect(other) }
      await its.call('project.create', { path: path.join(temporaryFolder(), 'p.metamer') })
      const { id } = await its.call('samples.add', { name: 'cat' })
      const protocol = protocolFrom('quick look', { updates: 1 })
      const { runIds } = await its.call('runs.plan', { network: 'efficientnet-lite0', layers: ['stem'], referenceIds: [id], protocol, seed: 1 })
      return await new Promise((resolve, reject) => {
        its.on('changed', () => {
          its.call('runs.detail', { id: runIds[0]! }).then((run) => run.state === 'failed' && resolve(run.message), reject)
        })
      })
    } finally {
      await other.close()
    }
  }

  it('are refused with both checksums and the cure', async () => {
    const message = await failureWith((file) => {
      const bytes = readFileSync(file)
      bytes[bytes.length - 1]! ^= 1
      writeFileSync(file, bytes)
    })
    expect(message).toMatch(
      /^The weights of network "efficientnet-lite0" have SHA-256 [0-9a-f]{12}…, but its card says a2cd781d3912…\. The file is damaged or of another version: fetch it again, or use the card that belongs to it\.$/,
    )
  })

  it('are refused when cut short', async () => {
    expect(await failureWith((file) => truncateSync(file, 1000))).toMatch(/^The weights of network "efficientnet-lite0" have SHA-256/)
  })
})

describe('a project that cannot be opened', () => {
  const copied = (name: string): string => {
    const file = path.join(folder, name)
    copyFileSync(path.join(fixtures, 'projects', name), file)
    return file
  }

  async function refusal(file: string): Promise<string> {
    const failure = client.call('project.open', { path: file })
    await expect(failure).rejects.toMatchObject({ code: 'ProjectError' })
    expect((await client.call('project.current', {}))!.name).toBe('p')
    return failure.catch((error: Error) => error.message) as Promise<string>
  }

  it('because it is none, is refused, and the open one stays open', async () => {
    expect(await refusal(copied('not-a-database.metamer'))).toMatch(/is not a Metamer Lab project\. Choose a file that this program has made, or create a new project\.$/)
    expect(await refusal(copied('another-program.metamer'))).toMatch(/is not a Metamer Lab project\. Choose a file that this program has made, or create a new project\.$/)
    expect(await refusal(path.join(folder, 'nowhere.metamer'))).toMatch(/There is no project/)
  })

  it('because it is newer, is refused with both versions', async () => {
    const file = copied('version-1.metamer')
    const sql = new Database(file)
    sql.pragma('user_version = 99')
    sql.close()
    expect(await refusal(file)).toMatch(/^The project ".*version-1.metamer" is of version 99; this program knows versions up to \d+\. Nothing was changed\. Open it with a newer Metamer Lab\.$/)
  })
})
