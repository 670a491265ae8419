import path from 'node:path'
import type { FigureRequest, FigureSize } from '../domain/figure.ts'
import { surveyedData } from '../domain/surveyedData.ts'
import type { TrainingPlan } from '../domain/trainingPlan.ts'
import { mostExamples, type DataSurvey } from '../domain/trainingRecords.ts'
import { wrong, type Arguments, type Command, type OptionSpec } from './command.ts'
import { figureSizeOf, figureSizeOptions } from './figureSize.ts'
import { say } from './io.ts'
import type { Lab } from './lab.ts'

/** Where and how large the data of a training are drawn. */
export interface DataFigures {
  folder: string
  size: FigureSize
  /** Mixed examples, the first of the training. */
  examples: number
}

export const dataFigureOptions: Record<string, OptionSpec> = {
  figures: { value: 'FOLDER', help: 'with --check: draw what was counted into this folder, each figure as .svg, .png, .csv (the numbers) and .txt (the caption)' },
  examples: { value: 'N', default: '0', help: `words, with --figures: also draw the first N examples (${mostExamples} at most), mixed as the training hears them` },
  ...figureSizeOptions,
}

/**
 * What is asked for beside `--check`.
 *
 * @returns null: no figures
 * @throws UsageError when an option goes with another that is missing, or is out of range
 */
export function dataFiguresOf(command: Pick<Command, 'name'>, args: Arguments): DataFigures | null {
  if (args.given('figures') && !args.on('check')) throw wrong(command, '--figures goes with --check, which is missing')
  const stray = ['examples', ...Object.keys(figureSizeOptions)].find((option) => args.given(option) && !args.given('figures'))
  if (stray !== undefined) throw wrong(command, `--${stray} goes with --figures, which is missing`)
  if (args.given('examples') && args.given('pictures')) throw wrong(command, '--examples is for sounds and does not go with --pictures')
  return args.given('figures') ? { folder: args.text('figures'), size: figureSizeOf(args), examples: args.whole('examples', 0, mostExamples) } : null
}

/** Draw what was counted. Without labels, or without files that could be read, there is no such figure. */
export async function drawSurvey(lab: Lab, survey: DataSurvey, figures: DataFigures): Promise<void> {
  for (const data of surveyedData(survey)) {
    if (data.splits.some(({ byLabel }) => Object.keys(byLabel).length > 0)) await draw(lab, { kind: 'data', chart: 'counts', data }, figures)
    if (data.sizes.length > 0) await draw(lab, { kind: 'data', chart: 'sizes', data }, figures)
  }
}

/** Draw the first examples. @throws MediaError when the data do not fit the plan */
export async function drawExamples(lab: Lab, plan: TrainingPlan, figures: DataFigures): Promise<void> {
  if (figures.examples === 0) return
  const made = await lab.client.call('trainings.examples', { plan, from: 0, count: figures.examples })
  if (made.kind !== 'words') return
  for (const example of made.examples) {
    await draw(lab, { kind: 'example', chart: 'cochleagram', example, origin: made.origin }, figures)
    await draw(lab, { kind: 'example', chart: 'waveform', example, origin: made.origin }, figures)
  }
}

async function draw({ client, host, io }: Lab, request: FigureRequest, { folder, size }: DataFigures): Promise<void> {
  host.tools.makeFolder(folder)
  const files = await client.call('figures.files', { request, size })
  for (const { fileName, bytes } of files) host.tools.writeFile(path.join(folder, fileName), bytes)
  const drawing = files.find(({ fileName }) => fileName.endsWith('.svg'))!
  say(io, `Drawn: ${path.join(folder, drawing.fileName)}, with .png, .csv and .txt beside it.`)
}
