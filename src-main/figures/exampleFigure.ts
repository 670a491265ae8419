import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import type { QuantisedSignal } from '../domain/stimulus.ts'
import type { ExampleOrigin, WordExample } from '../domain/wordExample.ts'
import { counted } from './caption.ts'
import { sourceWords } from './dataWords.ts'
import { cochleagramsSpec } from './draw/cochleagrams.ts'
import { waveformsSpec } from './draw/waveforms.ts'
import { dataFigureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { cochleagramRecords } from './prepare/cochleagramRecords.ts'
import { fullScale, stretchOf, waveformColumns, waveformColumnsInPrint } from './prepare/waveformColumns.ts'

type Request = Extract<FigureRequest, { kind: 'example' }>
type Sound = Extract<QuantisedSignal, { kind: 'audio' }>

/** What is seen of one mixed example. */
interface Look extends Pick<PlannedFigure, 'records' | 'spec'> {
  /** How it was measured. */
  measured: string
}

/** One mixed example, as a training hears it. */
export function exampleFigure({ chart, example, origin }: Request, { heard, programVersion }: FigureInput): PlannedFigure {
  const { measured, ...look } = chart === 'cochleagram' ? cochleagramLook(example) : waveformLook(example, heard)
  const number = example.number + 1
  return {
    name: dataFigureName({ of: 'words', source: origin.speech }, `example ${number} ${chart}`),
    title: `${mixtureWords(example, false)}: ${chart}`,
    caption: `${chart === 'cochleagram' ? 'Cochleagram' : 'Waveform'} of example ${number} in the order of a training, as the training hears it: ${mixtureWords(example, true)}, at RMS 0.1; ${measured}. ${originWords(origin)} n = 1 example. Metamer Lab ${programVersion}.`,
    ...look,
  }
}

function cochleagramLook(example: WordExample): Look {
  const { number, cochleagram } = example
  return {
    measured: `compressed envelopes of ${cochleagram.rows} bands, ${cochleagram.envelopeRateHz} values a second, in 256 steps`,
    records: cochleagramRecords({ example: number + 1 }, cochleagram),
    spec: cochleagramsSpec([{ name: exampleName(example), content: cochleagram }]),
  }
}

function waveformLook(example: WordExample, heard: Sound | null): Look {
  if (!heard) throw new UsageError(`There is no sound of example ${example.number + 1}. Have the examples made again.`)
  const { data, sampleRateHz } = heard
  return {
    measured: `16 bits, ${sampleRateHz.toLocaleString('en-GB')} samples a second, drawn as the range of every stretch of ${stretchOf(data.length)}${cutWords(example)}`,
    records: Array.from(data, (value, sample) => ({ sample, timeS: Number((sample / sampleRateHz).toFixed(7)), amplitude: value / fullScale })),
    spec: waveformsSpec([{ name: exampleName(example), content: waveformColumns(data, sampleRateHz, waveformColumnsInPrint) }], data.length / sampleRateHz),
  }
}

function cutWords({ clipped }: WordExample): string {
  return clipped === 0 ? '' : `; ${counted(clipped, 'sample')} beyond full scale, heard whole by the training, cut to it here`
}

function exampleName({ number }: WordExample): string {
  return `example ${number + 1}`
}

/** What was mixed into what. @param files  whether they are named */
function mixtureWords({ word, file, background, snrDb }: WordExample, files: boolean): string {
  const named = (name: string, from: string): string => (files ? `${name} (${from})` : name)
  const alone = named(`"${word}"`, file)
  if (!background || snrDb === null) return `${alone} alone`
  return `${alone} in ${named(background.labels.join(', ') || 'a background', background.file)} at ${snrDb.toFixed(1).replace('-', '−')} dB`
}

function originWords({ speech, backgrounds, seed, dataSeed }: ExampleOrigin): string {
  return `From ${sourceWords(speech)}${backgrounds ? ` and ${sourceWords(backgrounds)}` : ''}; order by seed ${seed}, mixture by data seed ${dataSeed}.`
}
