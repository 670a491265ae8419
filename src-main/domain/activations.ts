/** Activations of metamer and reference beside each other, small enough to be drawn. */

export interface DensityBins {
  bins: number
  /** Both axes. */
  from: number
  to: number
  /** [bins x bins]: the metamer's bin by the reference's. */
  counts: Float32Array
}

export interface ActivationMap {
  rows: number
  columns: number
  /** Units that one cell is the mean of. */
  block: { rows: number; columns: number }
  channels: number
  /** null: all channels together. */
  channel: number | null
  /** [rows x columns] */
  values: Float32Array
}

export interface ActivationComparison {
  units: number
  rho: number
  density: DensityBins
  /** Only where it was asked for. */
  map: ActivationMap | null
}
