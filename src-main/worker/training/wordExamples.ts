import type { TrainingData } from '../../domain/trainingPlan.ts'
import type { SoundSize } from '../hearing.ts'
import type { Dataset } from './dataset.ts'
import type { ExampleMaker } from './example.ts'
import type { Hearing } from './hearExamples.ts'
import { mixClip } from './mixClip.ts'
import { createSoundFiles } from './soundFiles.ts'

/** What makes mixed clips. */
export interface WordExamples {
  kind: 'words'
  dataset: Dataset
  data: TrainingData
  /** Of the clips. */
  size: SoundSize
  /** The front end that its examples go through; null: they stay waves. */
  hearing: Hearing | null
}

const keepBytes = 512 * 2 ** 20

/** What is done to the sounds, the data set tells. */
export function createWordExamples({ dataset, data, size }: Pick<WordExamples, 'dataset' | 'data' | 'size'>): ExampleMaker {
  const files = createSoundFiles(keepBytes, size.sampleRateHz)
  return { make: (order) => mixClip(dataset, data, order, size, files.read), notices: () => [] }
}
