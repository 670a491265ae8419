import { z } from 'zod'
import type { CochleagramSpace, StimulusKind } from './network.ts'
import { bytes, floats } from './typedArrays.ts'

/** A picture as it enters a network: float32 [height, width, 3], RGB in [0, 1]. */
export interface ImageSignal {
  kind: 'image'
  height: number
  width: number
  data: Float32Array
}

/** A sound as it enters a network: float32 [samples], full scale = 1. */
export interface AudioSignal {
  kind: 'audio'
  sampleRateHz: number
  data: Float32Array
}

export type Signal = ImageSignal | AudioSignal

/** A cochleagram that is no sound's: float32 [rows, columns], rows low to high, never below zero. */
export interface CochleagramSignal extends CochleagramSpace {
  data: Float32Array
}

/** A signal as it is exported: 8-bit RGB, 16-bit PCM, or a cochleagram, which is not rounded. What is judged is this. */
export type QuantisedSignal =
  | { kind: 'image'; height: number; width: number; data: Uint8Array }
  | { kind: 'audio'; sampleRateHz: number; data: Int16Array }
  | CochleagramSignal

/** Of a signal's file: PNG, WAV, or the numbers of a cochleagram (NPY). */
export type StimulusMimeType = 'image/png' | 'audio/wav' | 'application/octet-stream'

/** A reference stimulus as the project knows it. */
export interface ReferenceSummary {
  id: number
  kind: StimulusKind
  fileName: string
  /** SHA-256 of the file's bytes. */
  hash: string
  byteLength: number
  /** What was done to it on the way in, one sentence each: mixed down, resampled, cropped. Never silent. */
  notices: string[]
  addedAt: string
}

/** Compressed subband envelopes for display: 8-bit, row-major, rows low to high frequency. */
export const cochleagramPictureSchema = z
  .strictObject({
    rows: z.int().positive(),
    columns: z.int().positive(),
    /** 0..255 spans 0..maximum. */
    data: bytes,
    maximum: z.number(),
    /** Centre frequency of each row, Hz. */
    frequenciesHz: floats,
    envelopeRateHz: z.number().positive(),
  })
  .refine(({ rows, columns, data, frequenciesHz }) => data.length === rows * columns && frequenciesHz.length === rows, 'has other than rows times columns values, or not one frequency for each row')
export type CochleagramPicture = z.infer<typeof cochleagramPictureSchema>
