import * as tf from '@tensorflow/tfjs-core'
import type { JudgingNull } from '../domain/nullDistribution.ts'
import type { Protocol } from '../domain/protocol.ts'
import type { Judgement, Recognition, Verdict } from '../domain/run.ts'
import type { QuantisedSignal } from '../domain/stimulus.ts'
import { activationsOfAllStages, type Model } from '../engine/models/model.ts'
import { tidyNumbers } from '../engine/support/tidyNumbers.ts'
import { dequantise } from '../engine/synthesis/quantise.ts'
import { exportedShape } from '../engine/synthesis/signalSpace.ts'
import { decideVerdict } from '../engine/validation/inclusionCriteria.ts'
import { measureStages } from '../engine/validation/measureStages.ts'
import { decisiveLabel, sameLabel } from '../engine/validation/recogniseLabels.ts'
import { nameLogits } from './nameLogits.ts'

export interface MetamerToJudge {
  model: Model
  layer: string
  protocol: Pick<Protocol, 'labelCriterion'>
  /** Signals before rounding. */
  float: { reference: Float32Array; metamer: Float32Array }
  /** The same as exported. */
  exported: { reference: QuantisedSignal; metamer: QuantisedSignal }
  null: JudgingNull | null
}

/**
 * Measure a metamer at every stage, name both signals and decide.
 * What counts is the pair of signals as exported: whoever opens the two files finds the same figures.
 */
export function judgeMetamer(metamer: MetamerToJudge): { judgement: Judgement; verdict: Verdict } {
  const { model, layer, protocol } = metamer
  const names = model.summary.stages.map((stage) => stage.name)
  const activations = (which: 'reference' | 'metamer', signal: Float32Array): Float32Array[] =>
    tidyNumbers(() => activationsOfAllStages(model, tf.tensor(signal, exportedShape(metamer.exported[which]))))
  const reference = activations('reference', dequantise(metamer.exported.reference))
  const made = activations('metamer', dequantise(metamer.exported.metamer))
  const stages = measureStages(names, reference, made)
  const labels = labelsOf(model, reference.at(-1)!, made.at(-1)!)
  const floatStages = measureStages(names, activations('reference', metamer.float.reference), activations('metamer', metamer.float.metamer))
  const verdict = decideVerdict({
    layer,
    rho: stages.find((s) => s.stage === layer)!.rho,
    sameLabel: sameLabel(labels?.reference ?? null, labels?.metamer ?? null, protocol.labelCriterion),
    labels: labels && {
      reference: decisiveLabel(labels.reference, protocol.labelCriterion),
      metamer: decisiveLabel(labels.metamer, protocol.labelCriterion),
    },
    null: metamer.null,
  })
  return { judgement: { stages, floatStages, labels }, verdict }
}

function labelsOf(model: Model, reference: Float32Array, metamer: Float32Array): { reference: Recognition; metamer: Recognition } | null {
  const [ofReference, ofMetamer] = [nameLogits(model.summary, reference), nameLogits(model.summary, metamer)]
  return ofReference && ofMetamer && { reference: ofReference, metamer: ofMetamer }
}
