import type { NullSummary } from '../domain/nullDistribution.ts'
import type { RunDetail } from '../domain/run.ts'
import type { CochleagramPicture, QuantisedSignal } from '../domain/stimulus.ts'

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
  /** The reference as the network took it, quantised the same way: of a sound that inverts a cochleagram, that. */
  reference: QuantisedSignal
  /** Of sounds: as shown beside each other. */
  cochleagrams: Record<'reference' | 'metamer', CochleagramPicture> | null
  /** SHA-256 of the reference's file as it was added to the project. */
  referenceHash: string
  /** The null distribution of this network and layer as it is stored now. */
  null: NullSummary | null
  networkWeights: { hash: string; source: string; licence: string }
}
