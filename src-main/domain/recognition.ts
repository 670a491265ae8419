import { z } from 'zod'
import type { ErrorData } from './errors.ts'
import type { Recognition } from './run.ts'

/** Metamers of one network, named by others. */

/** 'all': the best of all labels (classes, words). '16-way': the best of the 16 categories, pictures with ImageNet labels, or with the 16 as labels, only. */
export const recognitionRules = ['all', '16-way'] as const
export type RecognitionRule = (typeof recognitionRules)[number]

/**
 * What counts as recognised. 'class': the judge's label is the reference's true class, as the paper scores people and
 * networks; needs an answer for every reference. 'reference': the judge gives the metamer the label that it gives the reference.
 */
export const recognitionStandards = ['class', 'reference'] as const
export type RecognitionStandard = (typeof recognitionStandards)[number]

export const judgementPlanSchema = z.strictObject({
  judges: z.array(z.string().min(1)).min(1),
  /** Absent: for each judge, all finished runs whose signals it can take. */
  runIds: z.array(z.int().positive()).min(1).optional(),
})
export type JudgementPlan = z.infer<typeof judgementPlanSchema>

/** How the naming of signals by other networks stands; told as it goes. */
export interface JudgementJob {
  jobId: number
  judges: string[]
  state: 'waiting' | 'running' | 'finished' | 'cancelled' | 'failed'
  /** Signals named, of those that had no name from this judge yet. */
  done: number
  total: number
  /** Of a failed one: what went wrong. */
  error: ErrorData | null
}

/** What a judge takes one signal for, and what was done to the signal before. */
export interface NamedSignal {
  recognition: Recognition
  /** Resized, resampled, ...: one sentence each. */
  notices: string[]
}

/** The best label of a signal by a judge. */
export interface NamedAs {
  index: number
  label: string
  category16: string | null
}

/** Both signals of a run as one judge names them. */
export interface JudgedRun {
  runId: number
  judge: string
  judgeHash: string
  metamer: NamedAs
  reference: NamedAs
}

export interface Share {
  /** Signals that were scored: metamers, or references. */
  stimuli: number
  recognised: number
  /** Mean over references, after the metamers of each. */
  proportion: number
  /** Standard deviation of the proportions of bootstrap draws over references; NaN for a single one. */
  sem: number
}

/** How well one judge recognises the metamers of one network and layer. */
export interface RecognitionRow {
  network: string
  networkHash: string
  protocol: string
  layer: string
  judge: string
  judgeHash: string
  rule: RecognitionRule
  standard: RecognitionStandard
  metamers: Share
  /** The natural references of the same metamers, each once: the ceiling. */
  references: Share
  /** What guessing gives; NaN for a judge that writes texts, or is no longer here. */
  chance: number
  /**
   * What the judge's own habits give: how often it gives a metamer the label (or true class) of another reference of the row, mean over pairs. A judge that
   * gives everything one label has 1. NaN for a single reference.
   */
  chanceOfAnother: number
}

/** A row of the table without inner parts. */
export function flatRecognition({ metamers, references, ...row }: RecognitionRow) {
  return {
    ...row,
    stimuli: metamers.stimuli, recognised: metamers.recognised, proportion: metamers.proportion, sem: metamers.sem,
    references: references.stimuli, references_recognised: references.recognised, ceiling: references.proportion, ceiling_sem: references.sem,
  }
}
