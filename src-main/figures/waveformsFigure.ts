import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import type { RunDetail } from '../domain/run.ts'
import type { QuantisedSignal } from '../domain/stimulus.ts'
import { circumstances } from './caption.ts'
import { waveformsSpec } from './draw/waveforms.ts'
import { runFigureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { fullScale, stretchOf, waveformColumns, waveformColumnsInPrint } from './prepare/waveformColumns.ts'
import { madeOf, matchedBy } from './runWords.ts'

type Sound = Extract<QuantisedSignal, { kind: 'audio' }>

/** Waveforms of one metamer and of its reference. A cochleagram that was moved by itself has none. */
export function waveformsFigure({ run: id }: Extract<FigureRequest, { kind: 'waveforms' }>, { runs, signals, programVersion }: FigureInput): PlannedFigure {
  const [run] = runs
  const sounds = Object.entries(signals ?? {}).flatMap(([name, content]) => (content.kind === 'audio' ? [{ name, content }] : []))
  if (!run || sounds.length === 0) throw new UsageError(`There is no sound of run ${id}. Choose a finished run of a network that hears.`)
  const { sampleRateHz } = sounds[0]!.content
  const longest = Math.max(...sounds.map(({ content }) => content.data.length))
  return {
    name: runFigureName(run, run.layer, `run${run.id}`, 'waveforms'),
    title: `${run.network}, ${run.layer}: waveforms of run ${run.id}`,
    caption: `${shownWords(run, sounds)}: 16 bits, ${sampleRateHz.toLocaleString('en-GB')} samples a second, drawn as the range of every stretch of ${stretchOf(longest)}. ${circumstances([run], false, programVersion)}`,
    records: samplesOf(sounds, longest, sampleRateHz),
    spec: waveformsSpec(sounds.map(({ name, content }) => ({ name, content: waveformColumns(content.data, sampleRateHz, waveformColumnsInPrint) })), longest / sampleRateHz),
  }
}

/** Of the two, a cochleagram that was moved by itself has no waveform. */
function shownWords(run: RunDetail, sounds: ReadonlyArray<{ name: string }>): string {
  if (sounds.length === 2) return `Waveforms of ${madeOf(run)} and of ${matchedBy(run)}, at one scale`
  if (sounds[0]!.name === 'reference') return `Waveform of the reference "${run.referenceName}" of run ${run.id}, whose metamer is a cochleagram and has none`
  return `Waveform of ${madeOf(run)}, which makes the cochleagram of run ${run.inverts} audible`
}

function samplesOf(sounds: ReadonlyArray<{ name: string; content: Sound }>, length: number, sampleRateHz: number): PlannedFigure['records'] {
  return Array.from({ length }, (_, sample) => ({
    sample, timeS: Number((sample / sampleRateHz).toFixed(7)),
    ...Object.fromEntries(sounds.map(({ name, content }) => [name, sample < content.data.length ? content.data[sample]! / fullScale : null])),
  }))
}
