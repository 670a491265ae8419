import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import type { FineTunableCode } from '../../src-main/engine/models/fineTunable.ts'
import type { WeightsSource } from '../../src-main/engine/models/weightsSource.ts'
import { weightsOf } from '../../src-main/engine/training/lateStages/layerPlan.ts'
import { trainableStages, type LateStages } from '../../src-main/engine/training/lateStages/lateStages.ts'
import { lateStagesOf } from '../../src-main/engine/training/lateStages/lateStagesOf.ts'
import type { StartValues, TrainingNetwork } from '../../src-main/engine/training/trainingNetwork.ts'
import { phaseOfName, wave, waveWeights } from './trainingWaves.ts'

/** Stages of a network that sees, cut out of it: with a classifier behind the last of them, they learn on inputs of few places. */
export interface CutStages {
  code: FineTunableCode
  variant?: 'torchvision'
  stages: readonly string[]
  /** Values that the classifier takes. */
  inputs: number
}

/** The network in training and its first values, waves as in bench/golden/torchTrainingLate.py. */
export function cutStages({ code, variant, stages, inputs }: CutStages): { network: TrainingNetwork; start: StartValues } {
  const { card } = findNetwork(code)
  const whole = lateStagesOf(code, variant ? { ...card, network: { from: 'architecture', name: code, variant } } : card)
  const cut: LateStages = { ...whole, stages: whole.stages.filter(({ name }) => stages.includes(name)), classifier: { ...whole.classifier, inputs } }
  const learned = new Map(cut.stages.flatMap(({ layers }) => weightsOf(layers).flatMap((weights) => [...weights.starts(waveFile)])))
  const start: StartValues = (name, shape) => learned.get(name)?.() ?? newWeight(name, shape)
  return { network: trainableStages(cut, { from: stages[0]!, labels: 5, dropout: 0 }, start), start }
}

const newWeight = waveWeights(phaseOfName)

/** The weight file of a network that has learned: statistics are no longer 0 and 1. */
const waveFile: WeightsSource = { weight: (name, shape) => () => fileWeight(name, shape), finish: () => undefined }

function fileWeight(name: string, shape: number[]): Float32Array {
  if (name.endsWith('.mean')) return wave(shape[0]!, phaseOfName(name), 0.2)
  if (name.endsWith('.variance')) return wave(shape[0]!, phaseOfName(name), 0.3, 1)
  return newWeight(name, shape)
}
