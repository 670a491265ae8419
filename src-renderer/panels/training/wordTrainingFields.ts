import type { WordTrainingField } from '../../../src-main/domain/wordTrainingForm.ts'

export interface FieldLook {
  field: WordTrainingField
  name: string
  meaning: string
  /** What may be chosen; without it anything can be typed. */
  options?: readonly string[]
  /** Needs the whole width. */
  wide?: boolean
  /** Where a path may be chosen: a manifest, or a folder. */
  place?: 'manifest or folder' | 'folder'
}

/** The fields of a training of words. What each begins with is in domain/trainingDefaults. */
export const mainFields: readonly FieldLook[] = [
  { field: 'name', name: 'Name', meaning: 'Of the new network: small letters, digits, dots, dashes and underscores.', wide: true },
  { field: 'speech', name: 'Words', meaning: 'A manifest (CSV with the columns file, label and, where known, start, speaker, split, word_start, word_end), or a folder with a folder of WAV files for each label.', wide: true, place: 'manifest or folder' },
  { field: 'backgrounds', name: 'Backgrounds', meaning: 'What is mixed in: a manifest (file, labels, split), or a folder with a folder for each label. Empty: nothing.', wide: true, place: 'manifest or folder' },
  { field: 'network', name: 'Network', meaning: 'The form of the word network.', options: ['aliased', 'reduced-aliasing'] },
  { field: 'head', name: 'Head', meaning: 'What it is asked for: words exclude each other, sounds do not.', options: ['word', 'sounds', 'both'] },
  { field: 'size', name: 'Size', meaning: '"small", "full" (as in the paper), or C0,C1,C2,C3,C4,FC: channels of the convolutions, width of the dense layer.' },
  { field: 'steps', name: 'Updates', meaning: 'At most; fewer where the target is reached.' },
  { field: 'target', name: 'Target', meaning: 'Stop at these validation scores: word=0.57, auc=0.83, both with a comma, or "paper" for these two. Empty: make all updates.' },
  { field: 'seed', name: 'Seed', meaning: 'Of first weights, order and dropout.' },
]

export const moreFields: readonly FieldLook[] = [
  { field: 'optimiser', name: 'Optimiser', meaning: 'Adam, or SGD with momentum 0.9.', options: ['adam', 'sgd'] },
  { field: 'rate', name: 'Learning rate', meaning: 'Before the schedule.' },
  { field: 'schedule', name: 'Schedule', meaning: 'constant, cosine (to 0 at the last update), or step:N:F (times F every N updates).' },
  { field: 'weight-decay', name: 'Weight decay', meaning: 'Added to the gradient, times the weight.' },
  { field: 'batch', name: 'Batch', meaning: 'Examples of one batch.' },
  { field: 'accumulate', name: 'Accumulate', meaning: 'Batches of one update.' },
  { field: 'snr', name: 'SNR (dB)', meaning: 'Of the word above the background: lowest and highest.' },
  { field: 'shift', name: 'Shift (s)', meaning: 'How far a clip is moved at most; the word keeps covering its centre.' },
  { field: 'mixtures', name: 'Mixtures', meaning: 'Of each clip, kept as cochleagrams and used in turn; 0 makes new ones each time.' },
  { field: 'data-seed', name: 'Data seed', meaning: 'Of mixtures: networks with the same one share cochleagrams.' },
  { field: 'validate', name: 'Validate every', meaning: 'Updates between two validations.' },
  { field: 'test-snr', name: 'Test SNRs (dB)', meaning: 'At which the finished network is tested, beside clean.' },
  { field: 'loss-weights', name: 'Loss weights', meaning: 'Of the losses of words and of sounds, where there are both.' },
  { field: 'licence', name: 'Licence', meaning: 'Of the weights.' },
  { field: 'words', name: 'Labels', meaning: 'In the order of the outputs, separated by commas. Empty: those of the manifest, sorted.', wide: true },
  { field: 'title', name: 'Title', meaning: 'Shown instead of the name.', wide: true },
  { field: 'out', name: 'Networks folder', meaning: 'The network gets a folder of its own in it. Where it stands now, the program finds it.', wide: true, place: 'folder' },
  { field: 'cache', name: 'Cochleagrams', meaning: 'Where they are kept, to share them. Empty: beside the network.', wide: true, place: 'folder' },
]
