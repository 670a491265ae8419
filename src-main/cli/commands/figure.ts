import path from 'node:path'
import { figureFormats, matrixMeasures, usualSize, type FigureFormat, type FigureRequest, type RunSet } from '../../domain/figure.ts'
import { recognitionRules, recognitionStandards } from '../../domain/recognition.ts'
import { setOfRuns, setOptions } from '../chosenSet.ts'
import { wrong, type Arguments, type Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { say, writeJson } from '../io.ts'
import { openProject } from '../lab.ts'
import { oneOf } from '../oneOf.ts'
import { runNumbers } from '../runNumbers.ts'
import { allTries, included, json, project } from './sharedOptions.ts'

const kinds = ['matrix', 'recognition', 'histogram', 'relu', 'scatter', 'error-map'] as const

export const figure: Command = {
  name: 'figure',
  summary: 'draw a figure for print, or write its numbers',
  operands: 'FILE',
  operandCount: { from: 1, to: 1 },
  description: [
    'Draws one figure into FILE. Its ending decides what is written: .svg, .png, .csv (the numbers), .txt (the caption, which states n, protocol, null size and version). The caption is printed, too.',
    'Figures: matrix (metamers of each layer at every other), recognition (proportion that other networks recognise, by layer), histogram (null distribution and metamers of one layer), relu (modified and standard ReLU gradient, the paper\'s Figure 2), scatter (activations of one metamer against its reference\'s at a layer), error-map (where they differ, over space or frequency and time).',
    'With --json: {file, title, caption}.',
  ],
  options: {
    project,
    figure: { value: 'WORD', required: true, help: kinds.join(', ') },
    ...setOptions,
    layer: { value: 'L', help: 'of a histogram, scatter or error-map' },
    run: { value: 'N[,N2]', multiple: true, help: 'of a scatter or error-map; of a matrix: only these runs' },
    channel: { value: 'N', help: 'of an error-map; by default all channels together' },
    counts: { value: 'WORD', default: 'log', help: 'axis of a histogram: linear or log' },
    measure: { value: 'WORD', default: 'rho', help: `of a matrix: ${matrixMeasures.join(', ')}` },
    rule: { value: 'WORD', default: 'all', help: 'of recognition: all or 16-way' },
    standard: { value: 'WORD', default: 'class', help: 'of recognition: class or reference' },
    included,
    'all-tries': allTries,
    'width-mm': { value: 'N', default: String(usualSize.widthMm), help: 'width in print' },
    'height-mm': { value: 'N', default: String(usualSize.heightMm), help: 'height in print' },
    dpi: { value: 'N', default: String(usualSize.dpi), help: 'pixels an inch of a .png' },
    json,
  },
  examples: ['lab figure --project p.metamer --figure matrix matrix.svg', 'lab figure --project p.metamer --figure recognition --rule 16-way \\', '    --width-mm 86 --height-mm 70 --dpi 600 recognised.png'],
  run: (args, { io, withLab }) => {
    const file = args.operands[0]!
    const format = formatOf(file)
    const size = { widthMm: args.whole('width-mm', 40, 600), heightMm: args.whole('height-mm', 30, 600), dpi: args.whole('dpi', 50, 1200) }
    const requestFor = requestOf(args)
    return withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const request = typeof requestFor === 'function' ? requestFor(await setOfRuns(lab, args, ofMatrix(args))) : requestFor
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

/** All that can be checked before the program starts; of figures of a set, all but the set. */
function requestOf(args: Arguments): FigureRequest | ((chosen: { set: RunSet; runIds?: number[] }) => FigureRequest) {
  const includedOnly = args.on('included')
  const everyTry = { allTries: args.on('all-tries') }
  const kind = oneOf(figure, args, 'figure', kinds)
  const measure = oneOf(figure, args, 'measure', matrixMeasures)
  const rule = oneOf(figure, args, 'rule', recognitionRules)
  const standard = oneOf(figure, args, 'standard', recognitionStandards)
  const counts = oneOf(figure, args, 'counts', ['linear', 'log'])
  const layer = ['histogram', 'scatter', 'error-map'].includes(kind) ? args.text('layer') : ''
  if (kind === 'scatter') return { kind, layer, run: oneRun(args) }
  if (kind === 'error-map') return { kind: 'errorMap', layer, run: oneRun(args), channel: args.optional('channel') === undefined ? null : args.whole('channel', 0, 1e6) }
  return ({ set, ...chosen }) => {
    if (kind === 'matrix') return { kind, set, ...chosen, includedOnly, ...everyTry, measure }
    if (kind === 'recognition') return { kind, set, includedOnly, ...everyTry, rule, standard }
    return kind === 'histogram' ? { kind, set, layer, ...everyTry, counts } : { kind, set, ...everyTry }
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
