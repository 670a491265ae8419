import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { errorFromData } from '../../../src-main/domain/errors.ts'
import { nullNoteFile, nullNoteSchema } from '../../../src-main/domain/nullDistribution.ts'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'
import type { EngineInfo } from '../../../src-main/domain/network.ts'
import type { HostMessage, WorkerMessage, WorkerRequestName, WorkerRequests } from '../../../src-main/domain/workerMessages.ts'
import type { Model } from '../../../src-main/engine/models/model.ts'
import { dequantise } from '../../../src-main/engine/synthesis/quantise.ts'
import { encodeNpy } from '../../../src-main/media/npy.ts'
import { loadBackend } from '../../../src-main/worker/loadBackend.ts'
import { startWorker } from '../../../src-main/worker/startWorker.ts'
import { noBases } from '../../helpers/noBases.ts'
import { bytesOf, wavFile } from '../../helpers/mediaFiles.ts'
import { modelOf, stage, toyAudioModel, toyModel } from '../../helpers/toyModel.ts'
import { toyPng } from '../../helpers/toyStimuli.ts'

/** The compute process's requests with toy networks, in the test's own process so that tensors can be counted. */

let engine: EngineInfo
let told: WorkerMessage[]
let say: (message: HostMessage) => void
let lastId: number

beforeAll(async () => {
  engine = await loadBackend()
})
beforeEach(() => start(engine))

function start(with_: EngineInfo, more: Model[] = []): void {
  told = []
  lastId = 0
  const models = [toyModel(), { ...toyAudioModel(), summary: { ...toyAudioModel().summary, needsNativeEngine: 'it needs Fourier transforms.' } }, ...more]
  startWorker({ post: (message) => void told.push(message), onMessage: (listener) => void (say = listener) }, with_, {
    ...noBases,
    summaries: () => models.map(({ summary }) => summary),
    use: () => [],
    load: async () => undefined,
    build: (name) => models.find(({ summary }) => summary.name === name)!,
  })
}

async function ask<N extends WorkerRequestName>(name: N, params: WorkerRequests[N]['params']): Promise<WorkerRequests[N]['result']> {
  const id = ++lastId
  say({ type: 'request', id, name, params })
  for (;;) {
    const answer = told.find((m) => (m.type === 'result' || m.type === 'error') && m.id === id)
    if (answer?.type === 'result') return answer.result as never
    if (answer?.type === 'error') throw errorFromData(answer.error)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const threeSeconds = modelOf('slow', { kind: 'audio', samples: 12_000, sampleRateHz: 4000 }, [], [stage('double', [12_000], 'linear', (x) => tf.mul(x, 2))])
const threeSecondTone = { fileName: 'a.wav', bytes: wavFile({ sampleRateHz: 8000, data: bytesOf(Int16Array.from({ length: 24_000 }, (_, i) => 4000 * Math.sin(i / 5))) }) }
const picture = (seed = 1) => ({ fileName: `toy${seed}.png`, bytes: toyPng(seed) })
const synthesis = (updates: number, changes: Partial<WorkerRequests['synthesise']['params']> = {}): WorkerRequests['synthesise']['params'] => ({
  runId: 5,
  network: 'toy',
  layer: 'rectified',
  protocol: protocolFrom('quick look', { updates }),
  seed: 1,
  reference: picture(),
  resumeFrom: null,
  null: null,
  checkpointEveryS: 1000,
  ...changes,
})
const events = (type: WorkerMessage['type']): WorkerMessage[] => told.filter((m) => m.type === type)

describe('synthesise', () => {
  it('leaves no tensor behind, however often it runs', async () => {
    await ask('synthesise', synthesis(3))
    const before = tf.memory().numTensors
    await ask('synthesise', synthesis(3))
    expect(tf.memory().numTensors).toBe(before)
  })

  it('judges the pair of signals as exported', async () => {
    const result = (await ask('synthesise', synthesis(30)))!
    const { quantised, reference, judgement, checkpoint, firstLoss, finalLoss } = result
    expect([quantised.data.length, reference.data.length, checkpoint.update]).toEqual([48, 48, 30])
    expect(finalLoss).toBeLessThan(firstLoss)
    expect(judgement.stages.map(({ stage }) => stage)).toEqual(['scaled', 'rectified', 'logits'])
    // The first stage is 2 x - 1, so the difference of the activations is twice that of the signals.
    const [a, b] = [dequantise(quantised), dequantise(reference)]
    const distance = 2 * Math.hypot(...a.map((x, i) => x - b[i]!))
    expect(judgement.stages[0]!.differenceNorm).toBeCloseTo(distance, 4)
    expect(judgement.floatStages[0]!.differenceNorm).not.toBe(judgement.stages[0]!.differenceNorm)
  })

  it('takes each label on its own where the network does', async () => {
    const many = { ...toyModel(), summary: { ...toyModel().summary, name: 'many', head: 'sigmoid' as const } }
    start(engine, [many])
    const top = async (network: string) => (await ask('synthesise', synthesis(1, { network })))!.judgement.labels!.reference.top
    const [one, each] = [await top('toy'), await top('many')]
    expect(each.map(({ index }) => index)).toEqual(one.map(({ index }) => index))
    expect(one.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
    // Logits are means of rectified values: at least 0, so that no sigmoid lies below a half.
    expect(each.every(({ probability }) => probability >= 0.5 && probability < 1)).toBe(true)
  })

  it('stops when told, with its state kept, and goes on from there bit for bit', async () => {
    const whole = (await ask('synthesise', synthesis(400)))!
    const stopping = ask('synthesise', synthesis(400, { checkpointEveryS: 0 }))
    while (!told.some((m) => m.type === 'checkpoint' && m.checkpoint.update >= 50)) await new Promise((resolve) => setImmediate(resolve))
    say({ type: 'stop', jobId: 5 })
    expect(await stopping).toBeNull()
    const last = events('checkpoint').at(-1) as Extract<WorkerMessage, { type: 'checkpoint' }>
    expect(last.checkpoint.update).toBeLessThan(400)
    const resumed = (await ask('synthesise', synthesis(400, { resumeFrom: last.checkpoint })))!
    expect(resumed.checkpoint.signal).toEqual(whole.checkpoint.signal)
    expect(resumed.checkpoint.losses).toEqual(whole.checkpoint.losses)
    expect(resumed.judgement).toEqual(whole.judgement)
  })

  it('shows all of a sound that is longer than two seconds', async () => {
    start(engine, [threeSeconds])
    const result = (await ask('synthesise', synthesis(1, { network: 'slow', layer: 'double', reference: threeSecondTone })))!
    expect(result.quantised).toMatchObject({ kind: 'audio', sampleRateHz: 4000 })
    expect(result.quantised.data.length).toBe(12_000)
    expect(result.cochleagrams!.metamer).toMatchObject({ rows: 211, columns: 600, envelopeRateHz: 200 })
  })

  it('tells what was done to the reference before it tells what rounding cost', async () => {
    start(engine, [threeSeconds])
    const { notice } = (await ask('synthesise', synthesis(1, { network: 'slow', layer: 'double', reference: threeSecondTone })))!
    expect(notice).toMatch(/^The sound was 8000 Hz; resampled to 4000 Hz, so nothing above 2000 Hz is in it\. Its level was brought from RMS /)
    expect((await ask('synthesise', synthesis(1)))!.notice).toBeNull()
  })

  it('answers other requests while it works', async () => {
    const working = ask('synthesise', synthesis(200))
    await ask('networks', {})
    expect(told.some((m) => m.type === 'result' && m.id === lastId - 1)).toBe(false)
    await working
  })

  it('refuses several pictures in one array, and an array of another size', async () => {
    const array = (shape: number[]) => ({ fileName: 'a.npy', bytes: encodeNpy(shape, new Float32Array(shape.reduce((a, b) => a * b)).fill(0.5)) })
    await expect(ask('synthesise', synthesis(1, { reference: array([2, 4, 4, 3]) }))).rejects.toThrow('"a.npy" holds 2 stimuli; one is expected here. Save each in a file of its own.')
    await expect(ask('synthesise', synthesis(1, { reference: array([1, 5, 4, 3]) }))).rejects.toThrow(
      '"a.npy" has shape [1, 5, 4, 3]; network "toy" takes [batch, 4, 4, 3]. Crop, resize or resample it to that first.',
    )
  })

  it('refuses a network that needs native TensorFlow where there is none, with the reasons', async () => {
    start({ ...engine, backend: 'wasm', slow: true, slowReason: 'Run "npm run setup".' })
    const failure = ask('synthesise', synthesis(1, { network: 'toy-audio', layer: 'louder' }))
    await expect(failure).rejects.toThrow('Network "toy-audio" needs native TensorFlow, and the engine here is wasm: it needs Fourier transforms. Run "npm run setup".')
    await expect(failure).rejects.toMatchObject({ code: 'EngineError' })
  })
})

describe('quantise', () => {
  it('rounds a signal as the network takes it', async () => {
    const signal = new Float32Array(48).fill(0.5)
    expect(await ask('quantise', { network: 'toy', protocol: {}, signal })).toEqual({ kind: 'image', height: 4, width: 4, data: new Uint8Array(48).fill(128) })
  })
})

describe('a network', () => {
  it('is found by another name that its card gives, and refused with one sentence everywhere', async () => {
    const { summary, ...rest } = toyModel()
    start(engine, [{ ...rest, summary: { ...summary, name: 'card', aliases: ['other name'] } }])
    const stimulus = picture()
    const { data } = await ask('activations', { network: 'other name', layer: 'scaled', stimulus })
    expect(data).toEqual((await ask('activations', { network: 'card', layer: 'scaled', stimulus })).data)
    for (const asked of [ask('activations', { network: 'vgg', layer: 'scaled', stimulus }), ask('synthesise', synthesis(1, { network: 'vgg' }))]) {
      await expect(asked).rejects.toMatchObject({ code: 'ProtocolError', message: 'There is no network "vgg". The networks are: toy, toy-audio, card. Choose one of these.' })
    }
  })
})

describe('activations', () => {
  it('takes an array as it is, a batch at a time', async () => {
    const data = Float32Array.from({ length: 96 }, (_, i) => i / 96)
    const stimulus = { fileName: 'a.npy', bytes: encodeNpy([2, 4, 4, 3], data) }
    const { shape, data: scaled } = await ask('activations', { network: 'toy', layer: 'scaled', stimulus })
    expect(shape).toEqual([2, 4, 4, 3])
    expect(scaled).toEqual(data.map((x) => 2 * x - 1))
  })

  it('brings a sound to the rate, length and level that the network takes', async () => {
    const tone = wavFile({ sampleRateHz: 16_000, data: bytesOf(Int16Array.from({ length: 400 }, (_, i) => 9000 * Math.sin(i / 3))) })
    const { shape, data, notices } = await ask('activations', { network: 'toy-audio', layer: 'louder', stimulus: { fileName: 'a.wav', bytes: tone } })
    expect(shape).toEqual([1, 16])
    expect(Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / 16)).toBeCloseTo(3 * 0.1, 5)
    expect(notices.slice(0, 2)).toEqual([
      'The sound was 16000 Hz; resampled to 8000 Hz, so nothing above 4000 Hz is in it.',
      'The sound was 0.025 s long; its middle 0.002 s were taken.',
    ])
  })

  it('refuses the other kind of stimulus and unknown names', async () => {
    const sound = { fileName: 'a.wav', bytes: wavFile({ data: bytesOf(Int16Array.of(1, 2, 3)) }) }
    await expect(ask('activations', { network: 'toy', layer: 'scaled', stimulus: sound })).rejects.toThrow('"a.wav" is a sound, and network "toy" takes pictures. Choose another file or another network.')
    await expect(ask('activations', { network: 'toy', layer: 'conv9', stimulus: picture() })).rejects.toThrow('Layer "conv9" is not in network "toy". Its stages are: scaled, rectified, logits. Choose one of these.')
    await expect(ask('activations', { network: 'joy', layer: 'scaled', stimulus: picture() })).rejects.toThrow('There is no network "joy". The networks are: toy, toy-audio. Choose one of these.')
  })
})

describe('nullDistribution', () => {
  const params = { jobId: 1_000_000_001, network: 'toy', poolFolder: '/stimuli/pool', poolName: 'pool', pool: [1, 2, 3, 4].map(picture), pairs: 6, seed: 2, mode: 'pool' as const, augmentation: 'none' as const, memoryBytes: 2 ** 26, earlier: [], workFolder: '' }
  beforeEach(() => void (params.workFolder = path.join(mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-test-')), 'p.nulls')))
  afterEach(() => rmSync(path.dirname(params.workFolder), { recursive: true }))


  it('has every pair at every layer that metamers are made at', async () => {
    const { layers } = (await ask('nullDistribution', params))!
    expect(layers.map(({ summary }) => summary.layer)).toEqual(['scaled', 'rectified', 'logits'])
    expect(layers[0]!.summary).toMatchObject({ network: 'toy', pairs: 6, seed: 2, maximum: layers[0]!.histogram.highest.at(-1), draws: 4, distinctPairs: 6, undefinedPairs: 0, pool: { name: 'pool', stimuli: 4 } })
    expect(events('nullProgress').at(-1)).toMatchObject({ done: 3, total: 3, phase: 'pairs' })
  })

  it('tells pools apart by content, not by names or order', async () => {
    const hash = async (pool: typeof params.pool) => (await ask('nullDistribution', { ...params, pool }))!.layers[0]!.summary.pool.hash
    const renamed = params.pool.toReversed().map(({ bytes }, i) => ({ fileName: `${i}.png`, bytes }))
    expect(await hash(renamed)).toBe(await hash(params.pool))
    expect(await hash([...params.pool.slice(1), picture(9)])).not.toBe(await hash(params.pool))
  })

  it('counts files of the same bytes once, so that no pair is of twins', async () => {
    const twins = params.pool.map(({ bytes }, i) => ({ fileName: `twin-${i}.png`, bytes }))
    const { summary } = (await ask('nullDistribution', { ...params, pool: [...params.pool, ...twins] }))!.layers[0]!
    expect(summary.pool.stimuli).toBe(4)
    expect(summary.maximum).toBeLessThan(1)
  })

  it('passes over sounds in a pool for pictures', async () => {
    const sound = { fileName: 'a.wav', bytes: wavFile({ data: bytesOf(Int16Array.of(1, 2, 3)) }) }
    expect((await ask('nullDistribution', { ...params, pool: [sound, ...params.pool] }))!.layers[0]!.summary.pool.stimuli).toBe(4)
  })

  it('ends with null when it is stopped', async () => {
    const stopping = ask('nullDistribution', params)
    say({ type: 'stop', jobId: params.jobId })
    expect(await stopping).toBeNull()
  })

  it('adds to what is stored as if all pairs had been asked for at once', async () => {
    const few = (await ask('nullDistribution', { ...params, pairs: 2 }))!
    const grown = (await ask('nullDistribution', { ...params, earlier: few.layers }))!
    const whole = (await ask('nullDistribution', params))!
    grown.layers.forEach(({ summary, histogram }, i) => {
      expect(histogram).toEqual(whole.layers[i]!.histogram)
      expect(summary).toMatchObject({ pairs: 6, draws: 4, maximum: whole.layers[i]!.summary.maximum })
      expect(summary.mean).toBeCloseTo(whole.layers[i]!.summary.mean, 12)
      expect(summary.deviation).toBeCloseTo(whole.layers[i]!.summary.deviation, 12)
    })
  })

  it('refuses what the project holds already, and says what to ask for', async () => {
    const stored = (await ask('nullDistribution', params))!
    await expect(ask('nullDistribution', { ...params, earlier: stored.layers })).rejects.toThrow(
      'The project already holds 6 pairs of the pool "pool" with this seed; 6 were asked for. Ask for more than 6 to add to them, or choose another seed.',
    )
    expect((await ask('nullDistribution', { ...params, seed: 3, earlier: stored.layers }))!.layers[0]!.summary.pairs).toBe(6)
  })

  it('goes on where it was stopped, and leaves nothing on disk at its end', async () => {
    const stopping = ask('nullDistribution', params)
    say({ type: 'stop', jobId: params.jobId })
    await stopping
    const [folder] = readdirSync(params.workFolder)
    expect(nullNoteSchema.parse(JSON.parse(readFileSync(path.join(params.workFolder, folder!, nullNoteFile), 'utf8')))).toEqual({
      plan: { network: 'toy', poolFolder: '/stimuli/pool', pairs: 6, seed: 2, mode: 'pool', augmentation: 'none', memoryBytes: 2 ** 26 }, draws: 4, layers: 3,
    })
    told.length = 0
    const resumed = (await ask('nullDistribution', params))!
    expect(events('nullProgress')[0]).toMatchObject({ done: 2, total: 4, phase: 'activations' })
    expect(resumed.layers).toEqual((await ask('nullDistribution', params))!.layers)
    expect(existsSync(params.workFolder)).toBe(false)
  })

  it('makes more pairs than the stimuli have by showing each in several crops, the same for the same seed', async () => {
    const augmented = { ...params, pairs: 20, augmentation: 'crops' as const }
    const [first, second, other] = [await ask('nullDistribution', augmented), await ask('nullDistribution', augmented), await ask('nullDistribution', { ...augmented, seed: 5 })]
    // 6 pairs of 4 stimuli; with 2 views of each 24
    expect(first!.layers[0]!.summary).toMatchObject({ pairs: 20, draws: 8, distinctPairs: 6, augmentation: 'crops' })
    expect(second).toEqual(first)
    expect(other!.layers[0]!.histogram).not.toEqual(first!.layers[0]!.histogram)
    await expect(ask('nullDistribution', { ...params, pairs: 20 })).rejects.toThrow('4 stimuli give only 6 different pairs. Ask for at most 6, use a larger pool, or augment the stimuli (crops).')
  })

  it('uses each stimulus once when pairs are to be independent', async () => {
    const independent = { ...params, pairs: 2, mode: 'independent' as const }
    expect((await ask('nullDistribution', independent))!.layers[0]!.summary).toMatchObject({ pairs: 2, draws: 4, mode: 'independent' })
    await expect(ask('nullDistribution', { ...independent, pairs: 3 })).rejects.toThrow('4 stimuli give only 2 pairs when each is used once.')
  })

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors
    await ask('nullDistribution', params)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('checkStimulus', () => {
  it('makes a thumbnail of a picture and tells the length of a sound', async () => {
    const cat = readFileSync(path.resolve(import.meta.dirname, '../../../resources/samples/cat.png'))
    const checked = await ask('checkStimulus', { stimulus: { fileName: 'cat.png', bytes: cat } })
    expect(checked).toMatchObject({ kind: 'image', durationS: null })
    expect([...checked.thumbnailPng!.subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
    const tone = wavFile({ sampleRateHz: 8000, data: bytesOf(Int16Array.from({ length: 4000 }, (_, i) => 9000 * Math.sin(i))) })
    expect(await ask('checkStimulus', { stimulus: { fileName: 'a.wav', bytes: tone } })).toMatchObject({ kind: 'audio', durationS: 0.5, thumbnailPng: null })
  })

  it('tells what decoding did, and leaves the rest to the network that is chosen', async () => {
    start(engine, [threeSeconds])
    expect((await ask('checkStimulus', { stimulus: threeSecondTone })).notices).toEqual([])
    const twice = wavFile({ channels: 2, data: bytesOf(Int16Array.of(1000, 3000, 2000, 4000)) })
    expect((await ask('checkStimulus', { stimulus: { fileName: 'a.wav', bytes: twice } })).notices).toEqual(['Its two channels were mixed down to one, their mean.'])
  })

  it('takes the length of an array from the network that hears so many samples', async () => {
    start(engine, [threeSeconds])
    const array = { fileName: 'a.npy', bytes: encodeNpy([1, 12_000], new Float32Array(12_000).fill(0.1)) }
    expect(await ask('checkStimulus', { stimulus: array })).toMatchObject({ durationS: 3 })
  })

  it('refuses a silent sound before a network is chosen', async () => {
    const silent = { fileName: 'a.wav', bytes: wavFile({ data: bytesOf(new Int16Array(100)) }) }
    await expect(ask('checkStimulus', { stimulus: silent })).rejects.toMatchObject({ code: 'MediaError', message: expect.stringMatching(/^"a\.wav": The sound is silent/) })
  })
})

describe('stimulusNotices', () => {
  it('tells what a network does to a sound, by that network\'s rate and length', async () => {
    start(engine, [threeSeconds])
    const { notices } = await ask('stimulusNotices', { stimulus: threeSecondTone, network: 'slow' })
    expect(notices).toContain('The sound was 8000 Hz; resampled to 4000 Hz, so nothing above 2000 Hz is in it.')
    expect(notices.join(' ')).not.toContain('s long')
  })

  it('tells how a picture is cropped and resized, and builds no network for it', async () => {
    const before = tf.memory().numTensors
    const cat = readFileSync(path.resolve(import.meta.dirname, '../../../resources/samples/cat.png'))
    const { notices } = await ask('stimulusNotices', { stimulus: { fileName: 'cat.png', bytes: cat }, network: 'toy' })
    expect(notices.join(' ')).toMatch(/Resized from \d+ x \d+ to \d+ x \d+ pixels\./)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses what the network cannot take, and an unknown network', async () => {
    const two = { fileName: 'a.npy', bytes: encodeNpy([2, 12_000], new Float32Array(24_000).fill(0.1)) }
    start(engine, [threeSeconds])
    await expect(ask('stimulusNotices', { stimulus: two, network: 'slow' })).rejects.toThrow('"a.npy" holds 2 stimuli; one is expected here.')
    await expect(ask('stimulusNotices', { stimulus: picture(), network: 'slow' })).rejects.toThrow('"toy1.png" is a picture, and network "slow" takes sounds.')
    await expect(ask('stimulusNotices', { stimulus: picture(), network: 'nowhere' })).rejects.toThrow('There is no network "nowhere".')
  })
})

describe('cochleagram', () => {
  it('refuses a picture and an array of another length', async () => {
    await expect(ask('cochleagram', { stimulus: picture(), rows: 211, level: 'rms' })).rejects.toThrow('"toy1.png" is a picture; a cochleagram is made of a sound. Choose a WAV file, or an array [batch, samples].')
    const short = { fileName: 'a.npy', bytes: encodeNpy([1, 10], new Float32Array(10).fill(1)) }
    await expect(ask('cochleagram', { stimulus: short, rows: 211, level: 'keep' })).rejects.toThrow('"a.npy" has shape [1, 10]; the front end takes [batch, 40000], 2 s at 20 kHz. Resample and cut it to that first.')
  })
})

describe('judge', () => {
  it('decides each run against the null that is given', async () => {
    const run = { layer: 'stem', sameLabel: 'yes' as const, labels: { reference: 'cat', metamer: 'cat' } }
    const verdicts = await ask('judge', { runs: [{ runId: 1, rho: 0.9, ...run }, { runId: 2, rho: 0.3, ...run }], null: { pairs: 10, maximum: 0.5, pool: 'pool' } })
    expect(verdicts.map(({ runId, verdict }) => [runId, verdict.outcome])).toEqual([[1, 'included'], [2, 'excluded']])
  })
})
