import type { NamedArray, NamedArrays } from '../../../domain/weights.ts'
import { normAffine, type FoldedNames } from '../../models/architectures/foldedConvolution.ts'
import { scaleOutputs } from '../../models/batchNorm.ts'
import type { WeightsSource } from '../../models/weightsSource.ts'

/** Weights that belong together: as they learn, and as a network's weight file holds them. */
export interface LearnedWeights {
  /**
   * First values of each, by its name in training.
   *
   * @param file  the network to begin with; it throws a ModelFileError where it lacks a weight
   */
  starts(file: WeightsSource): ReadonlyMap<string, () => Float32Array>
  /** What a weight file holds of them. @param learned  by their names in training */
  inFile(learned: NamedArrays): ReadonlyArray<readonly [string, NamedArray]>
}

/** Weights that learn as they lie in the file, under the same names. */
export function weightsAsTheyLie(shapes: ReadonlyMap<string, number[]>): LearnedWeights {
  return {
    starts: (file) => new Map([...shapes].map(([name, shape]) => [name, () => file.weight(name, shape)()])),
    inFile: (learned) => [...shapes.keys()].map((name) => [name, learned.get(name)!]),
  }
}

/**
 * A kernel with the batch norm after it folded in: `name.kernel` and `name.bias` learn. In the file, the norm becomes one that adds the bias and
 * does nothing else.
 *
 * @param shape     of the kernel: [h, w, in, out], or depthwise [h, w, channel, 1]
 * @param channels  of the result
 */
export function foldedWeights(name: string, { kernel, norm, epsilon }: FoldedNames, shape: number[], channels: number): LearnedWeights {
  return {
    starts(file) {
      const affine = () => normAffine({ weights: file }, norm, channels, epsilon)
      return new Map([
        [`${name}.kernel`, () => scaleOutputs(file.weight(kernel, shape)(), affine().scale)],
        [`${name}.bias`, () => Float32Array.from(affine().offset)],
      ])
    },
    inFile: (learned) => [
      [kernel, learned.get(`${name}.kernel`)!],
      [norm.beta, learned.get(`${name}.bias`)!],
      [norm.mean, constant(channels, 0)],
      ...scaleOfOne(norm, epsilon).map(([part, value]): [string, NamedArray] => [part, constant(channels, value)]),
    ],
  }
}

/** The epsilon is taken out again by the scale; by the variance, where the norm has no scale. */
function scaleOfOne({ gamma, variance }: FoldedNames['norm'], epsilon: number): Array<[string, number]> {
  return gamma === null ? [[variance, 1 - epsilon]] : [[variance, 1], [gamma, Math.sqrt(1 + epsilon)]]
}

function constant(length: number, value: number): NamedArray {
  return { shape: [length], data: new Float32Array(length).fill(value) }
}
