import { z } from 'zod'
import { dataSourceSchema } from './dataSource.ts'
import { cochleagramPictureSchema } from './stimulus.ts'
import { bytes } from './typedArrays.ts'

/** One mixed example as a training of words hears it. */
export const wordExampleSchema = z.strictObject({
  /** In the order of the training, from 0. */
  number: z.int().min(0),
  word: z.string(),
  file: z.string(),
  background: z.strictObject({ file: z.string(), labels: z.array(z.string()) }).nullable(),
  /** null: nothing is mixed in. */
  snrDb: z.number().nullable(),
  /** A WAV file, 16 bits. */
  wav: bytes,
  /** Samples beyond full scale, which that file has cut; the training hears them whole. */
  clipped: z.int().min(0),
  cochleagram: cochleagramPictureSchema,
})
export type WordExample = z.infer<typeof wordExampleSchema>

/** What the examples of a training follow from, beside its settings. */
export const exampleOriginSchema = z.strictObject({
  speech: dataSourceSchema,
  backgrounds: dataSourceSchema.nullable(),
  /** Of their order. */
  seed: z.int().min(0),
  /** Of shifts, backgrounds and SNRs. */
  dataSeed: z.int().min(0),
})
export type ExampleOrigin = z.infer<typeof exampleOriginSchema>
