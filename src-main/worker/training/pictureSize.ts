import type { PictureTrainingPlan } from '../../domain/training.ts'
import { fineTuningOf } from '../../engine/training/fineTuning.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf } from '../networkOf.ts'

/** Pixels that the network to begin with takes. @throws ProtocolError when it cannot be fine-tuned */
export function pictureSizeOf({ networks }: Pick<WorkerContext, 'networks'>, { base, from }: Pick<PictureTrainingPlan, 'base' | 'from'>): { height: number; width: number } {
  const card = networks.card(networkOf({ networks }, base).name)
  const { size } = fineTuningOf(card, from)
  return size
}
