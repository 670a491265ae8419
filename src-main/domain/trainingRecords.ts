import type { DataSource } from './dataSource.ts'
import type { ExampleOrigin, WordExample } from './wordExample.ts'

/** The loss before each of some updates, at most 2,000 of them. */
export interface LossHistory {
  update: Float64Array
  loss: Float64Array
}

/** What a finished network answers to a clip that nothing was mixed into, or to a whole picture. */
export interface TrainingAnswer {
  /** Folder and name of the file. */
  file: string
  /** Indices of words: the right one, and the one that the network gives. */
  right: number
  said: number
  /** Of what it says. */
  probability: number
}

/** A finished network, looked at closely. */
export interface Examination {
  /** Whose clips or pictures were asked about: those of the test, or where there are none, those of the validation. */
  split: 'test' | 'validation'
  /** Or labels of pictures. */
  words: string[]
  /** Labels of the backgrounds. */
  sounds: string[]
  /** To each clip or picture; none without a word head. */
  answers: TrainingAnswer[]
  /**
   * Of the first convolution, or of DeepSpeech's first layer, row-major; of log-mel and MFCC the first 128 at most. Of sounds [rows, columns, 1, kernels], rows from low to
   * high frequency, or from the first MFCC; of pictures [rows, columns, 3, kernels], from the top, RGB.
   */
  kernels: { shape: number[]; data: Float32Array }
}

/** What a project remembers of a training beside its summary. */
export interface TrainingDetail {
  /** null for trainings of versions that kept none. */
  lossCurve: LossHistory | null
  /** null where it was not looked at yet. */
  examination: Examination | null
}

/** One view of a picture as a training sees it. */
export interface PictureExample {
  /** In the order of the training, from 0. */
  number: number
  label: string
  file: string
  /** Of the network's input; RGB. */
  view: { height: number; width: number; rgb: Uint8Array }
}

/** Examples that are made at once, at most. */
export const mostExamples = 24

/** The first examples of a training, or some further on. */
export type TrainingExamples = { kind: 'words'; examples: WordExample[]; origin: ExampleOrigin } | { kind: 'pictures'; examples: PictureExample[] }

/** What going through every file of a manifest says, whatever it lists. */
interface FileSurvey {
  source: DataSource
  /** Clips or pictures of each split, and of each label in it. */
  splits: Array<{ split: string; clips: number; byLabel: Record<string, number> }>
  files: number
  missing: string[]
  unreadable: Array<{ file: string; why: string }>
  /** The same sound at the same time, or the same picture, byte for byte, lies in more than one split. */
  shared: string[]
}

export interface SoundSurvey extends FileSurvey {
  /** Of each file that could be read. */
  durationsS: Float32Array
  /** How many files have each rate, in Hz. */
  rates: Array<{ rateHz: number; files: number }>
  /** Their peak lies below -80 dB of full scale once the mean is removed. */
  silent: string[]
  /** At least three samples in a row are at full scale. */
  clipped: string[]
  /** Clips of which no sample lies in their file, or that hold nothing of their word, a sentence each. */
  outside: string[]
}

export interface PictureSurvey extends FileSurvey {
  /** The shorter side of each file that could be read, in pixels. */
  sides: Uint32Array
  /** Their shorter side has fewer pixels than the network takes: they are enlarged. */
  small: string[]
  /** Every pixel has one colour. */
  plain: string[]
}

export type DataSurvey = { kind: 'words'; speech: SoundSurvey; backgrounds: SoundSurvey | null; notices: string[] } | { kind: 'pictures'; pictures: PictureSurvey; notices: string[] }

export interface SurveyProgress {
  done: number
  total: number
}
