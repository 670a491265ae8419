import { matrixMeasures, type LayerMatrix } from '../../domain/figure.ts'
import { setOfRuns, setOptions } from '../chosenSet.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { writeJson } from '../io.ts'
import { openProject } from '../lab.ts'
import { oneOf } from '../oneOf.ts'
import { runNumbers } from '../runNumbers.ts'
import { columns } from '../text.ts'
import { allTries, included, json, project } from './sharedOptions.ts'

export const matrix: Command = {
  name: 'matrix',
  summary: 'tell how metamers of each layer match at every other layer',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Averages what was measured on the finished metamers of one network and protocol: generated at one layer (rows), measured at every other (columns). The mean is over references, after the metamers of each (n counts references), the error that of the mean (deviation / n, over the root of n); undefined values do not count. With --run: of these runs alone.',
    'Measures: rho (Spearman), pearson, dbAuthors (10 log10 of the ratio of norms), dbPower (20 log10).',
    'With --json: {set, measure, generated, measured, cells: [{generated, measured, mean, sem, n, metamers}]}.',
  ],
  options: {
    project,
    ...setOptions,
    run: { value: 'N[,N2]', multiple: true, help: 'only these runs, of one network and protocol; a single one gives a single row' },
    measure: { value: 'WORD', default: 'rho', help: matrixMeasures.join(', ') },
    included,
    'all-tries': allTries,
    csv: { value: 'FILE', help: 'write the cells there, too' },
    json,
  },
  examples: ['lab matrix --project p.metamer --measure pearson --csv m.csv', 'lab matrix --project p.metamer --run 3'],
  run: (args, { io, withLab }) => {
    const measure = oneOf(matrix, args, 'measure', matrixMeasures)
    const runIds = runNumbers(matrix, args)
    return withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const chosen = await setOfRuns(lab, args, runIds)
      const { set } = chosen
      const found = await lab.client.call('figures.matrix', { ...chosen, measure, includedOnly: args.on('included'), allTries: args.on('all-tries') })
      const csv = args.optional('csv')
      if (csv !== undefined) lab.host.tools.writeCsv(csv, found.cells.map((cell) => ({ network: set.network, protocol: set.protocol, measure, ...cell })))
      if (args.on('json')) writeJson(io, found)
      else io.out(table(found))
      return exitCodes.ok
    })
  },
}

function table({ generated, measured, cells }: LayerMatrix): string {
  const digits = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(3))
  const row = (layer: string): string[] => [layer, ...cells.filter((cell) => cell.generated === layer).map(({ mean }) => digits(mean))]
  return columns([['generated at', ...measured], ...generated.map(row)])
}
