import { ProtocolError, ShapeError } from '../../domain/errors.ts'
import type { ActivationMap, DensityBins } from '../../domain/activations.ts'

/**
 * Count pairs of activations in square bins over a range that holds both: a scatter of millions of points.
 *
 * @param reference  float32 [n]
 * @param metamer    float32 [n], same order
 * @returns counts [bins x bins], the metamer's bin by the reference's; values that are not finite are not counted
 * @throws ShapeError when the lengths differ
 */
export function densityBins(reference: Float32Array, metamer: Float32Array, bins: number): DensityBins {
  checkLengths(reference, metamer)
  const [from, to] = rangeOf(reference, metamer)
  const counts = new Float32Array(bins * bins)
  const binOf = (value: number): number => Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins))
  for (let i = 0; i < reference.length; i++) {
    if (Number.isFinite(reference[i]!) && Number.isFinite(metamer[i]!)) counts[binOf(metamer[i]!) * bins + binOf(reference[i]!)]!++
  }
  return { bins, from, to, counts }
}

/**
 * Map the error of a metamer over space, or frequency and time.
 *
 * @param shape    [rows, columns, channels]
 * @param channel  one channel: metamer - reference; null: root of the mean square over all channels
 * @param most     rows and columns at most; larger maps are averaged over blocks
 * @throws ProtocolError when the layer has no two axes, or not that channel; ShapeError when the lengths do not fit
 */
export function errorMap(reference: Float32Array, metamer: Float32Array, shape: readonly number[], channel: number | null, most: { rows: number; columns: number }): ActivationMap {
  checkLengths(reference, metamer)
  const [height, width, channels] = requireMap(shape, channel)
  const block = { rows: Math.ceil(height / most.rows), columns: Math.ceil(width / most.columns) }
  const [rows, columns] = [Math.ceil(height / block.rows), Math.ceil(width / block.columns)]
  const values = new Float32Array(rows * columns)
  const cells = new Float32Array(rows * columns)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = Math.floor(row / block.rows) * columns + Math.floor(column / block.columns)
      values[at]! += errorAt(reference, metamer, (row * width + column) * channels, channels, channel)
      cells[at]!++
    }
  }
  return { rows, columns, block, channels, channel, values: values.map((sum, i) => sum / cells[i]!) }
}

function errorAt(reference: Float32Array, metamer: Float32Array, start: number, channels: number, channel: number | null): number {
  if (channel !== null) return metamer[start + channel]! - reference[start + channel]!
  let square = 0
  for (let i = start; i < start + channels; i++) square += (metamer[i]! - reference[i]!) ** 2
  return Math.sqrt(square / channels)
}

function requireMap(shape: readonly number[], channel: number | null): [number, number, number] {
  const [height, width, channels] = shape
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new ProtocolError(`Activations of shape [${shape.join(', ')}] have no map: there is no space, or frequency and time, in them. Choose a layer of three axes.`)
  }
  if (channel === null || channel < channels) return [height, width, channels]
  throw new ProtocolError(`There is no channel ${channel}: the layer has ${channels}, from 0 to ${channels - 1}. Choose one of these, or all.`)
}

/** Holds every finite value, and is never empty. */
function rangeOf(a: Float32Array, b: Float32Array): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const values of [a, b]) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  if (low > high) return [0, 1]
  return low === high ? [low, low + 1] : [low, high]
}

function checkLengths(reference: Float32Array, metamer: Float32Array): void {
  if (reference.length === metamer.length) return
  throw new ShapeError(`Activations of lengths ${reference.length} and ${metamer.length} cannot be compared. Take them from the same layer of the same network.`)
}
