import type { NullSummary } from '../domain/nullDistribution.ts'
import type { RunDetail } from '../domain/run.ts'
import type { QuantisedSignal } from '../domain/stimulus.ts'

/** All that an export writes, as it is stored: the export itself computes nothing. */
export interface ExportInput {
  programVersion: string
  projectName: string
  /** ISO 8601, given by the caller so that equal input gives equal files. */
  exportedAt: string
  items: ExportItem[]
}

/** One finished run with its signals. */
export interface ExportItem {
  run: RunDetail
  metamer: QuantisedSignal
  /** The reference as the network saw it, quantised the same way. */
  reference: QuantisedSignal
  /** SHA-256 of the reference's file as it was added to the project. */
  referenceHash: string
  /** The null distribution of this network and layer as it is stored now. */
  null: NullSummary | null
  networkWeights: { hash: string; source: string; licence: string }
}
