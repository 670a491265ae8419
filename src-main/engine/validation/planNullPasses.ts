import { ShapeError } from '../../domain/errors.ts'

/** One pass over a part of the pool. */
export interface NullPass {
  /** Stimuli whose ranks are held until the pass ends. */
  held: Set<number>
  /** Stimuli to run, ascending: the held ones and all that make a pair with one of them. */
  stimuli: Int32Array
}

/**
 * Divide a null distribution into passes so that the ranks held at once fit into memory.
 * Only the first members of pairs are held; the second members come by, are compared and go.
 * All layers go together: a forward pass costs far more than ranking, and groups of layers would need more passes.
 *
 * @param layers  sizes in units; ranks are held as float32
 * @param pairs   first, second, ... with first < second
 * @throws ShapeError when the budget does not hold the ranks of one stimulus
 */
export function planNullPasses(layers: ReadonlyArray<{ size: number }>, pairs: Int32Array, budgetBytes: number): NullPass[] {
  const bytesEach = layers.reduce((sum, layer) => sum + 4 * layer.size, 0)
  const atOnce = Math.floor(budgetBytes / bytesEach)
  if (atOnce < 1) {
    throw new ShapeError(
      `The ranks of one stimulus take ${bytesEach} bytes, more than the ${budgetBytes} allowed. Make the null of fewer layers, or allow more memory.`,
    )
  }
  const firsts = Int32Array.from(new Set(pairs.filter((_, k) => k % 2 === 0))).sort()
  const passes: NullPass[] = []
  for (let from = 0; from < firsts.length; from += atOnce) {
    const held = new Set(firsts.subarray(from, from + atOnce))
    passes.push({ held, stimuli: stimuliWith(held, pairs) })
  }
  return passes
}

function stimuliWith(held: Set<number>, pairs: Int32Array): Int32Array {
  const stimuli = new Set(held)
  for (let k = 0; k < pairs.length; k += 2) {
    if (held.has(pairs[k]!)) stimuli.add(pairs[k + 1]!)
  }
  return Int32Array.from(stimuli).sort()
}
