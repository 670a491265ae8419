import { z } from 'zod'

export const wordCnnForms = ['aliased', 'reduced-aliasing'] as const
export type WordCnnForm = (typeof wordCnnForms)[number]

/** Networks that hear and can be trained from random weights: the two forms of the word network, and others of the catalogue by their names. */
export const hearingForms = [...wordCnnForms, 'vggish', 'deepspeech', 'musicnn-vgg'] as const
export type HearingForm = (typeof hearingForms)[number]

const size = z.int().positive()

/** What is free in each network. */
const wordCnnWidths = {
  /** Of conv_0 to conv_4. */
  channels: z.tuple([size, size, size, size, size]),
  /** Units of fc_intermediate. */
  fc: size,
}
const vggishWidths = {
  /** Of conv1, conv2, both conv3 and both conv4. */
  channels: z.tuple([size, size, size, size]),
  /** Units of fc1_1 and of fc1_2. */
  fc: size,
  embedding: size,
}
/** Units of every layer. */
const deepSpeechWidths = { cells: size }
/** Of every convolution. */
const musicnnVggWidths = { channels: size }

/** Outputs of each head. */
const headOutputsSchema = z
  .strictObject({ word: size.optional(), sounds: size.optional() })
  .refine(({ word, sounds }) => word !== undefined || sounds !== undefined, 'must name a head')

/** What a card states of a network that was trained here. */
export const wordCnnSizesSchema = z.strictObject({ ...wordCnnWidths, outputs: headOutputsSchema })
export const vggishSizesSchema = z.strictObject({ ...vggishWidths, outputs: headOutputsSchema })
export const deepSpeechSizesSchema = z.strictObject({ ...deepSpeechWidths, outputs: headOutputsSchema })
export const musicnnVggSizesSchema = z.strictObject({ ...musicnnVggWidths, outputs: headOutputsSchema })
export const networkSizesSchema = z.union([wordCnnSizesSchema, vggishSizesSchema, deepSpeechSizesSchema, musicnnVggSizesSchema], {
  error: 'must hold the outputs of the heads, and the widths of one network: channels (five) and fc; channels (four), fc and embedding; cells; or channels (one number)',
})

/** What a plan says of the network that is to be trained. */
export const hearingNetworkFields = {
  wordCnn: { form: z.enum(wordCnnForms), ...wordCnnWidths },
  vggish: { form: z.literal('vggish'), ...vggishWidths },
  deepSpeech: { form: z.literal('deepspeech'), ...deepSpeechWidths },
  musicnnVgg: { form: z.literal('musicnn-vgg'), ...musicnnVggWidths },
} as const
type FieldsOf<Name extends keyof typeof hearingNetworkFields> = z.infer<z.ZodObject<(typeof hearingNetworkFields)[Name]>>
export type WordCnnNetwork = FieldsOf<'wordCnn'>
export type VggishNetwork = FieldsOf<'vggish'>
export type DeepSpeechNetwork = FieldsOf<'deepSpeech'>
export type MusicnnVggNetwork = FieldsOf<'musicnnVgg'>
export type HearingNetwork = WordCnnNetwork | VggishNetwork | DeepSpeechNetwork | MusicnnVggNetwork

interface WidthList {
  /** How the widths are written one after the other. */
  written: string
  small: readonly number[]
  full: readonly number[]
}

const ofWordCnn: WidthList = { written: 'C0,C1,C2,C3,C4,FC', small: [16, 32, 64, 64, 64, 128], full: [96, 256, 512, 1024, 512, 4096] }

/** Widths by name, in the order in which they are written. */
export const widthLists: Readonly<Record<HearingForm, WidthList>> = {
  aliased: ofWordCnn,
  'reduced-aliasing': ofWordCnn,
  vggish: { written: 'C1,C2,C3,C4,FC,EMBEDDING', small: [16, 32, 64, 64, 128, 64], full: [64, 128, 256, 512, 4096, 128] },
  deepspeech: { written: 'CELLS', small: [128], full: [2048] },
  'musicnn-vgg': { written: 'CHANNELS', small: [32], full: [128] },
}

/** How the widths of all networks are written, for help. */
export const widthsWritten = `${ofWordCnn.written} (word networks), ${hearingForms
  .filter((form) => !wordCnnForms.some((one) => one === form))
  .map((form) => `${widthLists[form].written} (${form})`)
  .join(', ')}`

/** @param widths  as many as the form's list has, in its order */
export function networkOfWidths(form: HearingForm, widths: readonly number[]): HearingNetwork {
  const [a, b, c, d, e, f] = widths as [number, number, number, number, number, number]
  switch (form) {
    case 'aliased':
    case 'reduced-aliasing':
      return { form, channels: [a, b, c, d, e], fc: f }
    case 'vggish':
      return { form, channels: [a, b, c, d], fc: e, embedding: f }
    case 'deepspeech':
      return { form, cells: a }
    case 'musicnn-vgg':
      return { form, channels: a }
  }
}

/** Of a plan the network alone. */
export function networkIn(plan: HearingNetwork): HearingNetwork {
  switch (plan.form) {
    case 'aliased':
    case 'reduced-aliasing':
      return { form: plan.form, channels: plan.channels, fc: plan.fc }
    case 'vggish':
      return { form: plan.form, channels: plan.channels, fc: plan.fc, embedding: plan.embedding }
    case 'deepspeech':
      return { form: plan.form, cells: plan.cells }
    case 'musicnn-vgg':
      return { form: plan.form, channels: plan.channels }
  }
}

/** "channels 16, 32, 64, 64, dense 128, embedding 64" */
export function widthsText(plan: HearingNetwork): string {
  const { form: _, ...widths } = networkIn(plan)
  return Object.entries(widths).map(([name, width]) => `${name === 'fc' ? 'dense' : name} ${[width].flat().join(', ')}`).join(', ')
}
