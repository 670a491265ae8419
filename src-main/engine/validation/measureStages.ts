import { ShapeError } from '../../domain/errors.ts'
import type { StageMeasurement } from '../../domain/run.ts'
import { dbAuthors, dbPower } from './decibels.ts'
import { pearson, spearmanRho } from './spearman.ts'

/**
 * Compare metamer and reference at every stage of a network: one row of the layer-by-layer matrix.
 *
 * @param names      stages in order
 * @param reference  activations of the reference stimulus, one flat vector per stage
 * @param metamer    those of the metamer, same order
 * @throws ShapeError when stages or lengths do not agree
 * @source authors' 2023 code, all_distance_measures
 */
export function measureStages(
  names: readonly string[],
  reference: readonly Float32Array[],
  metamer: readonly Float32Array[],
): StageMeasurement[] {
  if (reference.length !== names.length || metamer.length !== names.length) {
    throw new ShapeError(
      `There are ${names.length} stages, but activations of ${reference.length} for the reference and ${metamer.length} for the metamer. Run both through the whole network.`,
    )
  }
  return names.map((stage, i) => measureStage(stage, reference[i]!, metamer[i]!))
}

function measureStage(stage: string, reference: Float32Array, metamer: Float32Array): StageMeasurement {
  const rho = spearmanRho(metamer, reference)
  const referenceNorm = Math.sqrt(sumOf(reference, (i) => reference[i]! ** 2))
  const differenceNorm = Math.sqrt(sumOf(reference, (i) => (reference[i]! - metamer[i]!) ** 2))
  return {
    stage,
    rho,
    pearson: pearson(metamer, reference),
    dbAuthors: dbAuthors(referenceNorm, differenceNorm),
    dbPower: dbPower(referenceNorm, differenceNorm),
    referenceNorm,
    differenceNorm,
  }
}

function sumOf(x: Float32Array, term: (i: number) => number): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += term(i)
  return sum
}
