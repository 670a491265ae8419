import type { TrainingPlan } from '../../domain/trainingPlan.ts'
import type { NetworkSource } from '../context.ts'
import { pictureSubject } from './pictureSubject.ts'
import type { TrainingSubject } from './trainingSubject.ts'
import { wordSubject } from './wordSubject.ts'

/** @throws MediaError when the data do not fit; ProtocolError, ModelFileError when the network to begin with does not */
export function subjectOf(plan: TrainingPlan, networks: NetworkSource): Promise<TrainingSubject> {
  return plan.kind === 'pictures' ? pictureSubject(plan, networks) : wordSubject(plan)
}
