import type { PictureTrainingPlan } from '../../domain/trainingPlan.ts'
import { baseNotices, fineTuningOf } from '../../engine/training/fineTuning.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf } from '../networkOf.ts'

export interface PictureBase {
  /** Pixels that it takes. */
  size: { height: number; width: number }
  /** What a person may not expect of it, a sentence each. */
  notices: string[]
}

/** About the network to begin with. @throws ProtocolError when it cannot be fine-tuned */
export function pictureBaseOf({ networks }: Pick<WorkerContext, 'networks'>, plan: Pick<PictureTrainingPlan, 'base' | 'from'>): PictureBase {
  const card = networks.card(networkOf({ networks }, plan.base).name)
  const { size, from } = fineTuningOf(card, plan.from)
  return { size, notices: baseNotices(card, from) }
}
