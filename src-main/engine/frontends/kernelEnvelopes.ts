import * as tf from '@tensorflow/tfjs-core'
import type { EnvelopesKernelDesign, Kernels } from '../native/kernels.ts'
import { reducedFilters, reach, type ReducedFilters } from './reducedDecimation.ts'
import { groupsAtReducedRate, isSmooth } from './subbandBands.ts'
import type { SubbandDesign, SubbandMethod } from './subbandEnvelopes.ts'

/** Subbands that the kernels compute side by side. */
const rowsOfGroup = 8

/**
 * Compute subband envelopes with the compiled kernels: the reduced-rate method with a rate for every eight subbands, everything on the way
 * in the processor's cache. Nothing is kept for the gradient but the wave: the subbands are computed again.
 */
export function createKernelEnvelopes(design: SubbandDesign, { kernels, threads }: { kernels: Kernels; threads: number }): SubbandMethod {
  const handle = kernels.makeEnvelopes(kernelDesign(design))
  const shape: [number, number] = [design.filterbank.rows.length, design.columns]
  return {
    analyse(wave) {
      const values = kernels.forward(handle, wave.dataSync() as Float32Array, threads)
      return {
        envelopes: tf.tensor2d(values, shape),
        kept: [wave],
        gradient: (dy, kept) => tf.tensor1d(kernels.backward(handle, kept[0]!.dataSync() as Float32Array, dy.dataSync() as Float32Array, threads)),
      }
    },
    // The kernels free what they own when nothing refers to it any more.
    dispose() {},
  }
}

/** Whether a design's lengths are such that the kernels' transforms can be used. */
export function kernelsCan({ samples }: SubbandDesign): boolean {
  return samples % 16 === 0 && isSmooth(samples / 8)
}

function kernelDesign(design: SubbandDesign): EnvelopesKernelDesign {
  const filtersAt = reducedFilters(design)
  const filters = new Map<number, ReducedFilters>()
  return {
    samples: design.samples,
    columns: design.columns,
    reach,
    groups: groupsAtReducedRate(design, rowsOfGroup).map((group) => {
      if (!filters.has(group.length)) filters.set(group.length, filtersAt(group.length))
      return {
        length: group.length,
        rows: group.rows.map(({ start, values }) => ({ start, responses: Float32Array.from(values) })),
        ...filters.get(group.length)!,
      }
    }),
  }
}
