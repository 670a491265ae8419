import { hearingForms, widthsWritten } from '../../../src-main/domain/hearingNetworks.ts'
import { normSumNames } from '../../../src-main/domain/trainingPlan.ts'
import type { TrainingField, TrainingKind } from '../../stores/trainingDraft.ts'

export interface FieldLook {
  field: TrainingField
  name: string
  meaning: string
  /** What may be chosen, or where that is known from; without it anything can be typed. */
  options?: readonly string[] | 'networks to begin with' | 'stages of that network'
  /** Needs two places beside each other, or the whole width. */
  width?: 'double' | 'whole'
  /** Where a path may be chosen: a manifest, or a folder. */
  place?: 'manifest or folder' | 'folder'
}

const name: FieldLook = { field: 'name', name: 'Name', meaning: 'Of the new network: small letters, digits, dots, dashes and underscores.', width: 'whole' }
const steps: FieldLook = { field: 'steps', name: 'Updates', meaning: 'At most; fewer where the target is reached.' }
const seed: FieldLook = { field: 'seed', name: 'Seed', meaning: 'Of first weights, order and dropout.' }
const optimisation: readonly FieldLook[] = [
  { field: 'optimiser', name: 'Optimiser', meaning: 'Adam, or SGD.', options: ['adam', 'sgd'] },
  { field: 'rate', name: 'Learning rate', meaning: 'Before the schedule. VGGish learned the spoken digits at 0.0003 and not at 0.001.' },
  { field: 'schedule', name: 'Schedule', meaning: 'constant, cosine (to 0 at the last update), or step:N:F (times F every N updates).' },
  { field: 'momentum', name: 'Momentum', meaning: 'Of SGD: what an update keeps of the one before.' },
  { field: 'weight-decay', name: 'Weight decay', meaning: 'Added to the gradient, times the weight.' },
  { field: 'dropout', name: 'Dropout', meaning: 'Share of what reaches the classifier that is left out of an update.' },
  { field: 'batch', name: 'Batch', meaning: 'Examples of one batch.' },
  { field: 'accumulate', name: 'Accumulate', meaning: 'Batches of one update.' },
]
const validate: FieldLook = { field: 'validate', name: 'Validate every', meaning: 'Updates between two validations.' }
const licence: FieldLook = { field: 'licence', name: 'Licence', meaning: 'Of the weights.' }
const title: FieldLook = { field: 'title', name: 'Title', meaning: 'Shown instead of the name.', width: 'whole' }
const out: FieldLook = { field: 'out', name: 'Networks folder', meaning: 'The network gets a folder of its own in it. Where it stands now, the program finds it.', width: 'whole', place: 'folder' }

/** The fields of each kind of training: those that are always shown, and those that are folded away. What each begins with is in domain/trainingDefaults. */
export const trainingFields: Readonly<Record<TrainingKind, { main: readonly FieldLook[]; more: readonly FieldLook[] }>> = {
  words: {
    main: [
      name,
      { field: 'speech', name: 'Words', meaning: 'A manifest (CSV with the columns file, label and, where known, start, speaker, split, word_start, word_end), or a folder with a folder of WAV files for each label.', width: 'whole', place: 'manifest or folder' },
      { field: 'backgrounds', name: 'Backgrounds', meaning: 'What is mixed in: a manifest (file, labels, split), or a folder with a folder for each label. Empty: nothing.', width: 'whole', place: 'manifest or folder' },
      { field: 'network', name: 'Network', meaning: "What learns, from random weights: the word network in one of its two forms, VGGish, DeepSpeech, or the VGG of musicnn.", options: hearingForms },
      { field: 'head', name: 'Head', meaning: 'What it is asked for: words exclude each other, sounds do not.', options: ['word', 'sounds', 'both'] },
      { field: 'size', name: 'Size', meaning: `"small", "full" (as in the paper or as published), a share of full such as 0.25, or each width: ${widthsWritten}.`, width: 'double' },
      steps,
      { field: 'target', name: 'Target', meaning: 'Stop at these validation scores: word=0.57, auc=0.83, both with a comma, or "paper" for these two. Empty: make all updates.' },
      seed,
    ],
    more: [
      ...optimisation,
      { field: 'snr', name: 'SNR (dB)', meaning: 'Of the word above the background: lowest and highest.' },
      { field: 'shift', name: 'Shift (s)', meaning: 'How far a clip is moved at most; the word keeps covering its centre.' },
      { field: 'mixtures', name: 'Mixtures', meaning: 'Of each clip, kept as cochleagrams (or log-mel, MFCC) and used in turn; 0 makes new ones each time.' },
      { field: 'data-seed', name: 'Data seed', meaning: 'Of mixtures: networks with the same one and one front end share what is kept.' },
      validate,
      { field: 'test-snr', name: 'Test SNRs (dB)', meaning: 'At which the finished network is tested, beside clean.' },
      { field: 'loss-weights', name: 'Loss weights', meaning: 'Of the losses of words and of sounds, where there are both.' },
      { field: 'norm-sums', name: 'Batch norms add up', meaning: 'rows: each row, then the rows. places: one place after the other, as TensorFlow does and as the shipped networks were trained; variances of large batches are off.', options: normSumNames },
      licence,
      { field: 'words', name: 'Labels', meaning: 'In the order of the outputs, separated by commas. Empty: those of the manifest, sorted.', width: 'whole' },
      title,
      out,
      { field: 'cache', name: 'Cochleagrams', meaning: 'Where they are kept, to share them. Empty: beside the network.', width: 'whole', place: 'folder' },
    ],
  },
  pictures: {
    main: [
      name,
      { field: 'pictures', name: 'Pictures', meaning: 'A folder with a folder of pictures for each label (all of them in folders train, validation and test, or not), or a manifest (CSV with the columns file, label and, where known, split).', width: 'whole', place: 'manifest or folder' },
      { field: 'network', name: 'Network', meaning: 'The one to begin with, whose weights it has.', options: 'networks to begin with', width: 'double' },
      { field: 'from', name: 'Learns from', meaning: 'This stage and all after it learn, with a new classifier; those before it stay as they are. As usual: late enough that a few hundred pictures can teach it.', options: 'stages of that network' },
      steps,
      { field: 'target', name: 'Target', meaning: 'Stop at this share of validation pictures that are right: label=0.9. Empty: make all updates.' },
      seed,
    ],
    more: [
      ...optimisation,
      { field: 'views', name: 'Views', meaning: 'Random parts of each picture, mirrored or not, kept as activations of the frozen stages and used in turn; 0 makes new ones each time.' },
      { field: 'smallest-area', name: 'Smallest area', meaning: "A view shows at least this share of its picture's area." },
      { field: 'data-seed', name: 'Data seed', meaning: 'Of views: trainings with the same one share activations.' },
      validate,
      licence,
      { field: 'labels', name: 'Labels', meaning: 'In the order of the outputs, separated by commas. Empty: those of the pictures, sorted.', width: 'whole' },
      title,
      out,
      { field: 'cache', name: 'Activations', meaning: 'Where they are kept, to share them. Empty: beside the network.', width: 'whole', place: 'folder' },
    ],
  },
}
