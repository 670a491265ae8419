import type * as tf from '@tensorflow/tfjs-core'

/** From a wave to what the first layer of a network that hears takes. Owns its constants, which are made at first use. */
export interface FrontEnd {
  /** Of what it gives. */
  rows: number
  columns: number
  samples: number
  sampleRateHz: number
  /**
   * @param wave  float32 [batch, samples], full scale 1
   * @returns     float32 [batch, rows, columns, 1]; the caller disposes it
   * @throws ShapeError when the sounds have another length
   */
  forward(wave: tf.Tensor): tf.Tensor
  dispose(): void
}
