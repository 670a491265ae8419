import type { ExportInput, ExportItem } from '../../src-main/export/exportInput.ts'
import { protocolFrom } from '../../src-main/domain/protocol.ts'
import type { RunDetail, StageMeasurement } from '../../src-main/domain/run.ts'
import { nullSummary } from './sampleRuns.ts'

const measured = (stage: string, rho: number): StageMeasurement => ({
  stage, rho, pearson: rho / 2, dbAuthors: 10, dbPower: 20, referenceNorm: 3, differenceNorm: 0.3,
})

/** A finished toy run; give what a test is about. */
export function finishedRun(changes: Partial<RunDetail> = {}): RunDetail {
  const environment = { program: '0.1.0', node: '24', backend: 'cpu', tensorflow: null, device: 'CPU', threads: 1, platform: 'linux' }
  return {
    id: 1, state: 'finished', network: 'toy-net', networkHash: 'n'.repeat(64), kind: 'image', layer: 'conv1', referenceId: 1,
    referenceName: 'cat.png', protocol: protocolFrom('quick look'), seed: 7, retryOf: null, inverts: null, updatesDone: 500, seconds: 1.5,
    loss: { first: 100, last: 0.25 }, rho: 0.9, labels: { reference: 'tabby cat', metamer: 'tabby cat' },
    verdict: { outcome: 'included', reason: 'Same label, ρ 0.9 above 0.5.', sameLabel: 'yes', aboveNull: 'yes', null: { pairs: 2000, maximum: 0.5 } },
    message: null, createdAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:00:02.000Z',
    verdicts: [],
    lossCurve: { update: Float64Array.of(0), loss: Float64Array.of(100) },
    judgement: { stages: [measured('conv1', 0.9), measured('conv2', NaN)], floatStages: [measured('conv1', 0.95)], labels: null },
    environment,
    ...changes,
  }
}

export function pictureItem(run: Partial<RunDetail> = {}, item: Partial<ExportItem> = {}): ExportItem {
  return {
    run: finishedRun(run),
    metamer: { kind: 'image', height: 1, width: 2, data: Uint8Array.of(1, 2, 3, 4, 5, run.id ?? 1) },
    reference: { kind: 'image', height: 1, width: 2, data: Uint8Array.of(10, 20, 30, 40, 50, 60) },
    cochleagrams: null,
    referenceHash: 'c'.repeat(64),
    null: nullSummary({ network: 'toy-net', layer: 'conv1', pairs: 2000, deviation: 0.1, seed: 1, pool: { name: 'pool', stimuli: 90, hash: 'p' } }),
    networkWeights: { hash: 'n'.repeat(64), source: 'drawn from seed 1', licence: 'MIT' },
    ...item,
  }
}

export function soundItem(run: Partial<RunDetail> = {}): ExportItem {
  return pictureItem(
    { kind: 'audio', network: 'toy-ear', referenceName: 'human.wav', ...run },
    {
      metamer: { kind: 'audio', sampleRateHz: 20_000, data: Int16Array.of(1, -1, 2) },
      reference: { kind: 'audio', sampleRateHz: 20_000, data: Int16Array.of(100, -100, 200) },
      referenceHash: 'a'.repeat(64),
      null: null,
    },
  )
}

export function exportInput(items: ExportItem[]): ExportInput {
  return { programVersion: '0.1.0', projectName: 'first try', exportedAt: '2026-01-02T00:00:00.000Z', items }
}
