import type { HearingForm } from '../../../src-main/domain/hearingNetworks.ts'
import type { TrainingPlan } from '../../../src-main/domain/trainingPlan.ts'

/** What things are called in a training of words, and in one of pictures. */
export interface TrainingNouns {
  examples: string
  /** Share of examples whose right label is given. */
  accuracy: string
  validated: string
  /** What a look at the data does. */
  survey: string
  exampleIcon: 'sound' | 'picture'
  showExamples: string
  examplesMeaning: string
  /** One of those that a finished network is asked about, and which these are. */
  answered: 'clip' | 'picture'
  answeredMeaning: string
  /** What a confusion is between. */
  label: string
  kernels: string
}

const ofWords: TrainingNouns = {
  examples: 'clips', accuracy: 'word accuracy', validated: 'On the validation clips, mixed as in training.',
  survey: 'Count clips, and listen to every file: silent and clipped ones, clips outside their file or without their word, and those that lie in several splits.',
  exampleIcon: 'sound', showExamples: 'Listen to examples', examplesMeaning: 'Mixed as the training would hear them, in its order.',
  answered: 'clip', answeredMeaning: 'clean clips', label: 'word',
  kernels: kernelsOf('conv_0, low frequencies at the bottom'),
}

/** What is drawn of the first layers of other networks than the word networks. */
const firstLayers: Partial<Record<HearingForm, string>> = {
  vggish: kernelsOf('conv1, low frequencies at the bottom'),
  deepspeech: kernelsOf('layer_1, at most 128 units: 19 frames by 26 MFCC, the first at the bottom'),
  'musicnn-vgg': kernelsOf('conv1, low frequencies at the bottom'),
}

const ofPictures: TrainingNouns = {
  examples: 'pictures', accuracy: 'accuracy', validated: 'On the validation pictures, whole.',
  survey: 'Count pictures, and look into every file: small ones, and those that lie in several splits.',
  exampleIcon: 'picture', showExamples: 'Look at examples', examplesMeaning: 'Parts of pictures as the training would see them, in its order.',
  answered: 'picture', answeredMeaning: 'whole pictures', label: 'label',
  kernels: 'stem, in colour; grey is 0',
}

export function nounsOf({ kind, form }: { kind?: TrainingPlan['kind']; form?: HearingForm }): TrainingNouns {
  if (kind === 'pictures') return ofPictures
  return { ...ofWords, kernels: (form && firstLayers[form]) ?? ofWords.kernels }
}

function kernelsOf(what: string): string {
  return `${what}; red is positive, blue negative`
}
