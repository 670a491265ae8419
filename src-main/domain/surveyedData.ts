import { z } from 'zod'
import { dataSourceSchema } from './dataSource.ts'
import type { DataSurvey, SoundSurvey } from './trainingRecords.ts'
import { floats } from './typedArrays.ts'

const count = z.int().min(0)

/** What a look at the data of a training counted in one manifest or folder. */
export const surveyedDataSchema = z.strictObject({
  of: z.enum(['words', 'backgrounds', 'pictures']),
  source: dataSourceSchema,
  /** Each once, however often it is listed. */
  files: count,
  /** Clips or pictures of each split, and of each label in it. */
  splits: z.array(z.strictObject({ split: z.string(), clips: count, byLabel: z.record(z.string(), count) })).min(1),
  /** Of each file that could be read: its seconds, or the pixels of a picture's shorter side. */
  sizes: floats,
})
export type SurveyedData = z.infer<typeof surveyedDataSchema>

/** Bins that sizes are counted in. */
export const sizeBins = 8

/** What of a look at data can be drawn, a manifest after the other. */
export function surveyedData(survey: DataSurvey): SurveyedData[] {
  if (survey.kind === 'pictures') {
    const { source, files, splits, sides } = survey.pictures
    return [{ of: 'pictures', source, files, splits, sizes: Float32Array.from(sides) }]
  }
  const { speech, backgrounds } = survey
  return [ofSounds('words', speech), ...(backgrounds ? [ofSounds('backgrounds', backgrounds)] : [])]
}

function ofSounds(of: 'words' | 'backgrounds', { source, files, splits, durationsS }: SoundSurvey): SurveyedData {
  return { of, source, files, splits, sizes: durationsS }
}
