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
  const [length, phase] = [size(shape), phaseOfName(name)]
  if (name.endsWith('mean')) return wave(length, phase, 0.2)
  if (/var(iance)?$/.test(name)) return wave(length, phase, 0.3, 1)
  if (shape.length > 1) return wave(length, phase, Math.sqrt(3 / inputsOf(shape)))
  return wave(length, phase, 0.2, /(gamma|weight)$/.test(name) ? 1 : 0)
}

/** That reach one output. A kernel of single channels is [rows, columns, channels, 1]. */
function inputsOf(shape: number[]): number {
  return size(shape.at(-1) === 1 ? shape.slice(0, 2) : shape.slice(0, -1))
}

function size(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}
