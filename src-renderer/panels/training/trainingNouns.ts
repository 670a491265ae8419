import type { TrainingPlan } from '../../../src-main/domain/training.ts'

/** What things are called in a training of words, and in one of pictures. */
export interface TrainingNouns {
  examples: string
  /** Share of examples whose right label is given. */
  accuracy: string
  /** What examples become before they reach what learns. */
  encoded: string
  encodedMeaning: string
  validated: string
}

const ofWords: TrainingNouns = {
  examples: 'clips', accuracy: 'word accuracy', encoded: 'cochleagrams', encodedMeaning: 'Share of the time in which cochleagrams were made.', validated: 'On the validation clips, mixed as in training.',
}

const ofPictures: TrainingNouns = {
  examples: 'pictures', accuracy: 'accuracy', encoded: 'frozen stages', encodedMeaning: 'Share of the time in which the frozen stages were run.', validated: 'On the validation pictures, whole.',
}

export function nounsOf({ kind }: Pick<TrainingPlan, 'kind'>): TrainingNouns {
  return kind === 'pictures' ? ofPictures : ofWords
}
