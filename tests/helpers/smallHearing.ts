import { networkOfWidths } from '../../src-main/domain/hearingNetworks.ts'
import type { HeadOutputs } from '../../src-main/engine/models/architectures/hearingHeads.ts'
import { trainableNetwork } from '../../src-main/engine/training/trainableNetwork.ts'
import type { TrainingNetwork } from '../../src-main/engine/training/trainingNetwork.ts'
import { phaseOfName, waveWeights } from './trainingWaves.ts'

/** Networks that hear, narrow: widths, [rows, columns] of an input, the scale of its waves, learning rates. The same as in bench/golden/torchTrainingHearing.py. */
export const smallHearing = {
  vggish: { widths: [3, 4, 5, 6, 7, 8], input: [192, 64], scale: 2, rates: { sgd: 0.02, adam: 0.002 } },
  deepspeech: { widths: [8], input: [7, 12], scale: 24, rates: { sgd: 0.02, adam: 0.002 } },
  'musicnn-vgg': { widths: [4], input: [187, 96], scale: 1, rates: { sgd: 0.0005, adam: 0.0005 } },
} as const
export type SmallHearingForm = keyof typeof smallHearing

export const smallHearingStart = waveWeights(phaseOfName)

export function smallHearingNetwork(form: SmallHearingForm, heads: HeadOutputs): TrainingNetwork {
  const { widths, input: [rows, columns] } = smallHearing[form]
  return trainableNetwork(networkOfWidths(form, widths), heads).build({ rows, columns, dropout: 0, normSums: 'rows', normMomentum: 0.9 }, smallHearingStart)
}
