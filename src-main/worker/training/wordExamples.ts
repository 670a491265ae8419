import type { TrainingData } from '../../domain/training.ts'
import type { Dataset } from './dataset.ts'
import type { ExampleMaker } from './example.ts'
import { mixClip } from './mixClip.ts'
import { createSoundFiles } from './soundFiles.ts'

/** What makes mixed clips. */
export interface WordExamples {
  kind: 'words'
  dataset: Dataset
  data: TrainingData
}

const keepBytes = 512 * 2 ** 20

export function createWordExamples({ dataset, data }: WordExamples): ExampleMaker {
  const files = createSoundFiles(keepBytes)
  return { make: (order) => mixClip(dataset, data, order, files.read), notices: files.notices }
}
