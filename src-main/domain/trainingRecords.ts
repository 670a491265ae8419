import type { CochleagramPicture } from './stimulus.ts'

/** The loss before each of some updates, at most 2,000 of them. */
export interface LossHistory {
  update: Float64Array
  loss: Float64Array
}

/** What a finished network of words answers to a clip that nothing was mixed into. */
export interface WordAnswer {
  /** Folder and name of the file. */
  file: string
  /** Indices of words: the right one, and the one that the network gives. */
  right: number
  said: number
  /** Of what it says. */
  probability: number
}

/** A finished network of words, looked at closely. */
export interface WordExamination {
  /** Whose clips were asked about: those of the test, or where there are none, those of the validation. */
  split: 'test' | 'validation'
  words: string[]
  /** Labels of the backgrounds. */
  sounds: string[]
  /** To each clip; none without a word head. */
  answers: WordAnswer[]
  /** Of conv_0: [rows, columns, 1, kernels], rows from low to high frequency, row-major. */
  kernels: { shape: number[]; data: Float32Array }
}

/** What a project remembers of a training beside its summary. */
export interface TrainingDetail {
  /** null for trainings of versions that kept none. */
  lossCurve: LossHistory | null
  /** null where it was not looked at yet, and for trainings of pictures. */
  examination: WordExamination | null
}

/** One mixed example as a training of words hears it. */
export interface WordExample {
  /** In the order of the training, from 0. */
  number: number
  word: string
  file: string
  background: { file: string; labels: string[] } | null
  /** null: nothing is mixed in. */
  snrDb: number | null
  /** A WAV file, 16 bits. */
  wav: Uint8Array
  cochleagram: CochleagramPicture
}

/** What listening to every file of a manifest says. */
export interface ManifestSurvey {
  /** Clips of each split, and of each label in it. */
  splits: Array<{ split: string; clips: number; byLabel: Record<string, number> }>
  files: number
  /** Of each file that could be read. */
  durationsS: Float32Array
  /** How many files have each rate, in Hz. */
  rates: Array<{ rateHz: number; files: number }>
  missing: string[]
  unreadable: Array<{ file: string; why: string }>
  /** Their peak lies below -80 dB of full scale once the mean is removed. */
  silent: string[]
  /** At least three samples in a row are at full scale. */
  clipped: string[]
}

export interface DataSurvey {
  speech: ManifestSurvey
  backgrounds: ManifestSurvey | null
}

export interface SurveyProgress {
  done: number
  total: number
}
