import { ModelFileError } from '../../domain/errors.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import { createRandom, type Random } from '../support/random.ts'

/** Where an architecture gets the values of its weights. */
export interface WeightsSource {
  /**
   * Announce a weight. Its presence and shape are checked now; the values come when the result is called.
   *
   * @returns a function that gives the values, row-major
   * @throws ModelFileError when the weight is missing or has another shape
   */
  weight(name: string, shape: number[]): () => Float32Array
  /** Say that every weight is announced. @throws ModelFileError when the file holds others */
  finish(): void
}

/** Weights out of a file. */
export function fileWeights(network: string, arrays: NamedArrays): WeightsSource {
  const used = new Set<string>()
  return {
    weight(name, shape) {
      const array = arrays.get(name)
      if (!array) throw mistake(network, `lacks weight "${name}", shape [${shape.join(', ')}]`)
      if (array.shape.join() !== shape.join()) {
        throw mistake(network, `gives weight "${name}" the shape [${array.shape.join(', ')}]; expected [${shape.join(', ')}]`)
      }
      used.add(name)
      return () => array.data
    },
    finish() {
      const other = [...arrays.keys()].find((name) => !used.has(name))
      if (other !== undefined) throw mistake(network, `holds a weight "${other}", which this network does not have`)
    },
  }
}

/**
 * Seeded random weights: kernels by the rule given, batch norms at their initial values (gamma 1, beta 0, mean 0,
 * variance 1), biases 0. Each weight has a random stream of its own, so it does not depend on the others.
 */
export function randomWeights(seed: number, kernels: 'glorot uniform' | 'he normal'): WeightsSource {
  return {
    weight: (name, shape) => () => {
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
      if (!name.endsWith('.kernel')) return /\.(gamma|variance)$/.test(name) ? values.fill(1) : values
      const random = createRandom(seed, name)
      return kernels === 'glorot uniform' ? fillGlorotUniform(values, shape, random) : fillHeNormal(values, shape, random)
    },
    finish() {},
  }
}

/** Uniform within ±sqrt(6 / (fan in + fan out)). @source Glorot & Bengio 2010 */
function fillGlorotUniform(values: Float32Array, shape: number[], random: Random): Float32Array {
  const { fanIn, fanOut } = fans(shape)
  const limit = Math.sqrt(6 / (fanIn + fanOut))
  for (let i = 0; i < values.length; i++) values[i] = (2 * random.uniform() - 1) * limit
  return values
}

/** Normal with variance 2 / fan in. @source He et al. 2015 */
function fillHeNormal(values: Float32Array, shape: number[], random: Random): Float32Array {
  const deviation = Math.sqrt(2 / fans(shape).fanIn)
  for (let i = 0; i < values.length; i++) values[i] = random.normal() * deviation
  return values
}

/** Inputs and outputs of one unit; kernels are [...window, in, out]. */
function fans(shape: number[]): { fanIn: number; fanOut: number } {
  const window = shape.slice(0, -2).reduce((a, b) => a * b, 1)
  return { fanIn: window * shape.at(-2)!, fanOut: window * shape.at(-1)! }
}

function mistake(network: string, what: string): ModelFileError {
  return new ModelFileError(`The weight file of network "${network}" ${what}. Use the file that belongs to this network's card.`)
}
