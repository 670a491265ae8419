import type { NamedArray, NamedArrays } from '../../../domain/weights.ts'
import { ModelFileError } from '../../../domain/errors.ts'
import { fromLayout } from './layouts.ts'
import type { WeightPlan } from './matchWeights.ts'

/** A weight of the network whose values are made when they are asked for. */
export interface ConvertedWeight {
  name: string
  shape: number[]
  values(): Float32Array
}

/**
 * The network's weights out of a file, in the order its architecture announces them.
 *
 * @throws ModelFileError when one is missing
 */
export function convertWeights({ match, sources }: WeightPlan, arrays: NamedArrays): ConvertedWeight[] {
  const missing = match.rows.filter(({ source }) => source === null)
  if (missing.length > 0) throw incomplete(match.network, missing, match.rows.length)
  return match.rows.map(({ weight, shape }) => {
    const { name, layout, times } = sources.get(weight)!
    const values = (): Float32Array => {
      const read = fromLayout(layout, shape, arrays.get(name)!)
      return times === undefined ? read : scaled(read, arrays.get(times)!)
    }
    return { name: weight, shape, values }
  })
}

/** Output by output: outputs vary fastest. */
function scaled(values: Float32Array, { data }: NamedArray): Float32Array {
  return values.map((value, i) => value * data[i % data.length]!)
}

function incomplete(network: string, missing: Array<{ weight: string; shape: number[] }>, all: number): ModelFileError {
  const shown = missing.slice(0, 5).map(({ weight, shape }) => `"${weight}" [${shape.join(', ')}]`).join(', ')
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  return new ModelFileError(
    `The file has nothing for ${missing.length} of the ${all} weights of network "${network}": ${shown}${more}. ` +
      'Choose the file that belongs to this network, or the network that belongs to this file.',
  )
}
