import path from 'node:path'
import { figureFormats, histogramCounts, matrixMeasures, type FigureFormat, type FigureRequest } from '../../domain/figure.ts'
import { recognitionRules, recognitionStandards } from '../../domain/recognition.ts'
import { chosenNull } from '../chosenNull.ts'
import { setOfRuns, setOptions } from '../chosenSet.ts'
import { wrong, type Arguments, type Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { figureOfTrainings, trainingFigures } from '../figureOfTrainings.ts'
import { figureSizeOf, figureSizeOptions } from '../figureSize.ts'
import { say, writeJson } from '../io.ts'
import { openProject, type Lab } from '../lab.ts'
import { oneOf } from '../oneOf.ts'
import { runNumbers } from '../runNumbers.ts'
import { allTries, included, json, project } from './sharedOptions.ts'

/** Of one run, without further choices. */
const plainRunFigures = ['loss', 'cochleagrams', 'waveforms', 'labels'] as const
const kinds = ['matrix', 'recognition', 'histogram', 'null', 'relu', 'scatter', 'error-map', ...plainRunFigures, ...trainingFigures] as const

export const figure: Command = {
  name: 'figure',
  summary: 'draw a figure for print, or write its numbers',
  operands: 'FILE',
  operandCount: { from: 1, to: 1 },
  description: [
    'Draws one figure into FILE. Its ending decides what is written: .svg, .png, .csv (the numbers), .txt (the caption, which states n, protocol, null size and version). The caption is printed, too.',
    'Figures: matrix (metamers of each layer at every other), recognition (proportion that other networks recognise, by layer), histogram (null distribution and metamers of one layer), null (the null distribution of one layer alone), relu (modified and standard ReLU gradient, the paper\'s Figure 2), scatter (activations of one metamer against its reference\'s at a layer), error-map (where they differ, over space or frequency and time), loss (of one run, over its updates), cochleagrams, waveforms, labels (of one run: metamer beside reference), training (losses, validation scores or learning rates of one or several trainings), tests (their scores by SNR), confusions, areas, kernels (of one training: what was taken for what, the area under the ROC curve of each sound, the first convolution).',
    'With --json: {file, title, caption}.',
  ],
  options: {
    project,
    figure: { value: 'WORD', required: true, help: kinds.join(', ') },
    ...setOptions,
    layer: { value: 'L', help: 'of a histogram, null, scatter or error-map' },
    run: { value: 'N[,N2]', multiple: true, help: 'of a scatter, error-map, loss, cochleagrams, waveforms or labels; of a matrix: only these runs' },
    training: { value: 'NAME[,NAME2]', multiple: true, help: 'of training, tests, confusions, areas or kernels: names of the networks that were trained; of one trained twice, the later' },
    curve: { value: 'WORD', default: 'loss', help: 'of training: loss, scores or rate' },
    channel: { value: 'N', help: 'of an error-map; by default all channels together' },
    counts: { value: 'WORD', default: 'log', help: 'axis of a histogram or null: linear or log' },
    measure: { value: 'WORD', default: 'rho', help: `of a matrix: ${matrixMeasures.join(', ')}` },
    rule: { value: 'WORD', default: 'all', help: 'of recognition: all or 16-way' },
    standard: { value: 'WORD', default: 'class', help: 'of recognition: class or reference' },
    included,
    'all-tries': allTries,
    ...figureSizeOptions,
    json,
  },
  examples: ['lab figure --project p.metamer --figure matrix matrix.svg', 'lab figure --project p.metamer --figure recognition --rule 16-way \\', '    --width-mm 86 --height-mm 70 --dpi 600 recognised.png'],
  run: (args, { io, withLab }) => {
    const file = args.operands[0]!
    const format = formatOf(file)
    const size = figureSizeOf(args)
    const requestFor = requestOf(args)
    return withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const request = await requestFor(lab)
      const { bytes } = await lab.client.call('figures.file', { request, size, format })
      lab.host.tools.writeFile(file, bytes)
      const { title, caption } = await lab.client.call('figures.draw', { request, size })
      if (args.on('json')) writeJson(io, { file, title, caption })
      else say(io, caption)
      return exitCodes.ok
    })
  },
}

function formatOf(file: string): FigureFormat {
  const ending = path.extname(file).slice(1).toLowerCase()
  const found = figureFormats.find((format) => format === ending)
  if (found) return found
  throw wrong(figure, `the file must end in ${figureFormats.map((format) => `.${format}`).join(', ')}, not "${file}"`)
}

/** All that can be checked before the program starts; what it gives asks for the rest: the set, or the trainings. */
function requestOf(args: Arguments): (lab: Lab) => FigureRequest | Promise<FigureRequest> {
  const includedOnly = args.on('included')
  const everyTry = { allTries: args.on('all-tries') }
  const kind = oneOf(figure, args, 'figure', kinds)
  const measure = oneOf(figure, args, 'measure', matrixMeasures)
  const rule = oneOf(figure, args, 'rule', recognitionRules)
  const standard = oneOf(figure, args, 'standard', recognitionStandards)
  const counts = oneOf(figure, args, 'counts', histogramCounts)
  const layer = ['histogram', 'null', 'scatter', 'error-map'].includes(kind) ? args.text('layer') : ''
  if (kind === 'null') return ofNull(args, { layer, counts })
  if (isOfTrainings(kind)) return figureOfTrainings(figure, args, kind)
  if (isOfOneRun(kind)) {
    const request = ofOneRun(kind, layer, args)
    return () => request
  }
  const named = ofMatrix(args)
  return async (lab) => {
    const { set, ...chosen } = await setOfRuns(lab, args, named)
    if (kind === 'matrix') return { kind, set, ...chosen, includedOnly, ...everyTry, measure }
    if (kind === 'recognition') return { kind, set, includedOnly, ...everyTry, rule, standard }
    return kind === 'histogram' ? { kind, set, layer, ...everyTry, counts } : { kind, set, ...everyTry }
  }
}

function isOfTrainings(kind: (typeof kinds)[number]): kind is (typeof trainingFigures)[number] {
  return trainingFigures.some((one) => one === kind)
}

type OfOneRun = 'scatter' | 'error-map' | (typeof plainRunFigures)[number]

function isOfOneRun(kind: (typeof kinds)[number]): kind is OfOneRun {
  return kind === 'scatter' || kind === 'error-map' || plainRunFigures.some((one) => one === kind)
}

function ofOneRun(kind: OfOneRun, layer: string, args: Arguments): FigureRequest {
  const run = oneRun(args)
  if (kind === 'scatter') return { kind, layer, run }
  if (kind !== 'error-map') return { kind, run }
  return { kind: 'errorMap', layer, run, channel: args.optional('channel') === undefined ? null : args.whole('channel', 0, 1e6) }
}

function ofNull(args: Arguments, wanted: { layer: string; counts: 'linear' | 'log' }): (lab: Lab) => Promise<FigureRequest> {
  return async ({ client }) => {
    const { network, networkHash } = chosenNull((await client.call('nulls.list', {})).nulls, wanted.layer, args.optional('network'))
    return { kind: 'null', network, networkHash, ...wanted }
  }
}

function oneRun(args: Arguments): number {
  const [run, ...more] = runNumbers(figure, args)
  if (run !== undefined && run > 0 && more.length === 0) return run
  throw wrong(figure, run === undefined ? '--run is missing' : 'this figure is of one run')
}

function ofMatrix(args: Arguments): number[] {
  const runs = runNumbers(figure, args)
  if (runs.length > 0 && args.text('figure') !== 'matrix') throw wrong(figure, 'this figure is of all runs; leave --run out')
  return runs
}
