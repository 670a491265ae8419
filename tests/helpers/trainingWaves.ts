import type { StartValues } from '../../src-main/engine/training/trainingNetwork.ts'
import type { TrainingBatch } from '../../src-main/engine/training/trainNetwork.ts'

/** Of a wave, in values: the sines of millions take seconds. A prime, so that the rows of a kernel differ. */
const period = 65_521

/** The formulas are those of bench/golden/trainingSteps.py, so that another program's networks begin with the same weights and learn the same examples. */
export function wave(length: number, phase: number, scale: number, centre = 0): Float32Array {
  const run = Float32Array.from({ length: Math.min(length, period) }, (_, i) => centre + scale * Math.sin(1.7 * i + 0.13 * i * i + phase))
  if (length <= period) return run
  const values = new Float32Array(length)
  for (let at = 0; at < length; at += period) values.set(run.subarray(0, length - at), at)
  return values
}

/** Weights that are waves, but for statistics: means 0, variances 1. @param phaseOf  of a weight, by its name */
export function waveWeights(phaseOf: (name: string) => number): StartValues {
  return (name, shape) => {
    const length = sizeOf(shape)
    if (name.endsWith('.mean')) return new Float32Array(length)
    if (name.endsWith('.variance')) return new Float32Array(length).fill(1)
    const centre = name.endsWith('.gamma') ? 1 : 0
    const scale = name.endsWith('.kernel') ? Math.sqrt(3 / (length / shape.at(-1)!)) : 0.2
    return wave(length, phaseOf(name), scale, centre)
  }
}

/** Another phase for each name. */
export function phaseOfName(name: string): number {
  return [...name].reduce((sum, letter, i) => sum + (i + 1) * letter.charCodeAt(0), 0)
}

export interface WaveBatch {
  /** Of one input. */
  shape: readonly number[]
  size?: number
  scale?: number
  /** Labels of the head of sounds; 0: no such head. */
  sounds?: number
}

/** Examples of five words. */
export function waveBatch(index: number, { shape, size = 6, scale = 1, sounds = 0 }: WaveBatch): TrainingBatch {
  return {
    size,
    inputs: wave(size * sizeOf(shape), 100 + index, scale, 1),
    words: Array.from({ length: size }, (_, i) => (i + index) % 5),
    sounds: sounds ? Float32Array.from({ length: size * sounds }, (_, i) => Number((i * 7 + index) % 3 === 0)) : null,
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}
