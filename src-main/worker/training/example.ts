import type { Split } from './manifest.ts'

/** Which example to make. */
export interface ExampleOrder {
  split: Split
  /** Or picture. */
  clip: number
  /** Mixture of the clip, or view of the picture. */
  mixture: number
  /** The SNR to take instead of a drawn one; null: clean; absent: as the training data say. */
  snrDb?: number | null
}

export interface Example {
  /** A wave [samples] of RMS 0.1, or what a front end makes of it; or a picture [height, width, 3], RGB in [0, 1]. */
  signal: Float32Array
}

/** Makes examples out of files. */
export interface ExampleMaker {
  /** @throws MediaError when a file cannot be used */
  make(order: ExampleOrder): Example | Promise<Example>
  /** What was done to the files so far, a sentence each. */
  notices(): string[]
}
