import type { NullSummary } from '../domain/nullDistribution.ts'
import type { ExportInput } from './exportInput.ts'
import { sha256 } from './fileNames.ts'
import type { PlannedStimulus } from './planStimuli.ts'

/** A file of the set: its place inside the folder, with "/" between the parts, and its bytes. */
export interface ExportFile {
  path: string
  bytes: Uint8Array
}

export interface ManifestEntry {
  path: string
  bytes: number
  sha256: string
}

export interface Manifest {
  format: 'Metamer Lab stimulus set'
  version: 1
  program: string
  project: string
  exportedAt: string
  /** Every file of the set but this one. */
  files: ManifestEntry[]
  runs: object[]
  /** Null distributions of the networks and layers in this set, as they were stored at the time of the export. */
  nulls: NullSummary[]
}

/** List every file with size and SHA-256, and every run with all that made it. NaN becomes null. */
export function buildManifest(input: ExportInput, stimuli: readonly PlannedStimulus[], files: readonly ExportFile[]): Manifest {
  return {
    format: 'Metamer Lab stimulus set',
    version: 1,
    program: `Metamer Lab ${input.programVersion}`,
    project: input.projectName,
    exportedAt: input.exportedAt,
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
    runs: stimuli.filter((s) => s.role === 'metamer').map(runEntry),
    nulls: distinctNulls(input),
  }
}

function runEntry({ path, referencePath, item }: PlannedStimulus): object {
  const { run } = item
  return {
    run: run.id,
    inverts: run.inverts,
    file: path,
    referenceFile: referencePath,
    reference: { fileName: run.referenceName, sha256: item.referenceHash },
    network: { name: run.network, sha256: run.networkHash, weights: item.networkWeights },
    layer: run.layer,
    seed: run.seed,
    protocol: run.protocol,
    updates: run.updatesDone,
    seconds: run.seconds,
    loss: run.loss,
    rho: run.rho,
    labels: run.judgement?.labels ?? null,
    verdict: run.verdict,
    /** What was done to the reference, and what rounding cost. */
    notices: run.message,
    environment: run.environment,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
  }
}

function distinctNulls(input: ExportInput): NullSummary[] {
  const nulls = input.items.flatMap((item) => (item.null ? [item.null] : []))
  return [...new Map(nulls.map((n) => [JSON.stringify([n.network, n.layer, n.pool.hash, n.seed, n.pairs]), n])).values()]
}
