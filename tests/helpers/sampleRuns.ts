import { protocolFrom } from '../../src-main/domain/protocol.ts'
import type { NetworkSummary } from '../../src-main/domain/network.ts'
import type { Checkpoint, RunEnvironment, StageMeasurement, SynthesisResult, Verdict } from '../../src-main/domain/run.ts'
import type { CochleagramPicture } from '../../src-main/domain/stimulus.ts'
import type { NullSummary } from '../../src-main/domain/nullDistribution.ts'
import { tallyNull } from '../../src-main/domain/nullTally.ts'
import type { NullResult } from '../../src-main/domain/workerMessages.ts'
import type { NewReference } from '../../src-main/project/references.ts'

/** Small, made-up values with every oddity that storage must keep: NaN, infinity, equal bytes. */

export const at = '2026-11-24T12:00:00.000Z'
export const protocol = protocolFrom('quick look', { updates: 4 })

export const environment: RunEnvironment = {
  program: '0.1.0',
  node: 'v24.0.0',
  backend: 'tensorflow',
  tensorflow: '2.21.0',
  device: 'CPU',
  threads: 2,
  platform: 'linux x64',
}

export const toyPicture: NetworkSummary = {
  name: 'toy-picture',
  title: 'Toy',
  kind: 'image',
  input: { kind: 'image', height: 2, width: 2, channels: 3, range: [0, 1] },
  stages: [
    { name: 'stem', shape: [2, 2, 4], metamerLayer: true, endsIn: 'relu' },
    { name: 'pooled', shape: [4], metamerLayer: false, endsIn: 'linear' },
    { name: 'logits', shape: [3], metamerLayer: true, endsIn: 'linear' },
  ],
  labels: ['cat', 'dog', 'cup'],
  head: 'softmax',
  weights: { state: 'random', source: 'seeded random weights', seed: 0, hash: 'toy-weights-1', licence: 'MIT' },
  baseLearningRate: 0.001,
  needsNativeEngine: null,
}

export const toySound: NetworkSummary = {
  ...toyPicture,
  name: 'toy-sound',
  kind: 'audio',
  input: { kind: 'audio', samples: 4, sampleRateHz: 20_000 },
  weights: { ...toyPicture.weights, hash: 'toy-weights-2' },
}

export function picture(fileName = 'cat.png', bytes = Uint8Array.of(1, 2, 3)): NewReference {
  return { kind: 'image', fileName, bytes, notices: ['Cropped to the middle.'] }
}

export function sound(fileName = 'word.wav', bytes = Uint8Array.of(9, 8)): NewReference {
  return { kind: 'audio', fileName, bytes, notices: [] }
}

export function checkpoint(update = 4): Checkpoint {
  return {
    update,
    signal: Float32Array.of(0.1, 0.2, 0.3),
    m: Float32Array.of(1, 2, 3),
    v: Float32Array.of(4, 5, 6),
    losses: Float32Array.from({ length: update }, (_, i) => 8 - i),
    seconds: update / 2,
  }
}

export function verdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    outcome: 'undecided',
    reason: 'There is no null distribution for layer "stem" yet.',
    sameLabel: 'yes',
    aboveNull: 'no null yet',
    null: null,
    ...changes,
  }
}

export function measurement(stage: string, rho: number): StageMeasurement {
  return { stage, rho, pearson: rho, dbAuthors: 12.5, dbPower: 25, referenceNorm: 3, differenceNorm: 0.5 }
}

export function pictureResult(changes: Partial<SynthesisResult> = {}): SynthesisResult {
  const recognition = (label: string) => ({ top: [{ index: 0, label, probability: 0.75 }], category16: null })
  return {
    checkpoint: checkpoint(),
    firstLoss: 8,
    finalLoss: 4.5,
    notice: null,
    quantised: { kind: 'image', height: 1, width: 2, data: Uint8Array.of(0, 1, 2, 253, 254, 255) },
    reference: { kind: 'image', height: 1, width: 2, data: Uint8Array.of(9, 9, 9, 9, 9, 9) },
    cochleagrams: null,
    judgement: {
      stages: [
        { ...measurement('stem', 0.875), dbAuthors: Infinity, dbPower: Infinity, differenceNorm: 0 },
        measurement('pooled', Number.NaN),
        measurement('logits', -0.5),
      ],
      floatStages: [measurement('stem', 0.9), measurement('pooled', Number.NaN), measurement('logits', -0.4)],
      labels: { reference: recognition('cat'), metamer: recognition('dog') },
    },
    verdict: verdict(),
    ...changes,
  }
}

export function soundResult(): SynthesisResult {
  const signal = (data: Int16Array) => ({ kind: 'audio' as const, sampleRateHz: 20_000, data })
  return pictureResult({
    quantised: signal(Int16Array.of(-32768, 0, 1, 32767)),
    reference: signal(Int16Array.of(5, 6, 7, 8)),
    cochleagrams: { reference: cochleagram(1), metamer: cochleagram(2) },
    judgement: { ...pictureResult().judgement, labels: null },
  })
}

function cochleagram(maximum: number): CochleagramPicture {
  return {
    rows: 2,
    columns: 3,
    data: Uint8Array.of(0, 50, 100, 150, 200, 255),
    maximum,
    frequenciesHz: Float32Array.of(50, 8000),
    envelopeRateHz: 200,
  }
}

export function nullSummary(changes: Partial<NullSummary> = {}): NullSummary {
  return {
    network: 'toy-picture',
    layer: 'stem',
    pairs: 3,
    maximum: 0.5,
    mean: 0.1,
    deviation: Number.NaN,
    quantiles: [{ probability: 0.5, rho: 0.25 }],
    seed: 7,
    pool: { name: 'pool', stimuli: 3, hash: 'pool-hash' },
    mode: 'pool',
    augmentation: 'none',
    draws: 3,
    distinctPairs: 3,
    undefinedPairs: 1,
    ...changes,
  }
}

export function nullResult(maximum: number, layers = ['stem', 'logits']): NullResult {
  const { histogram } = tallyNull([-0.1, Number.NaN, maximum])
  return { layers: layers.map((layer) => ({ summary: nullSummary({ layer, maximum }), histogram })) }
}
