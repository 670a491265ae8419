import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { circumstances } from './caption.ts'
import { matrixSpec, measureNames } from './draw/matrix.ts'
import { figureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { layerMatrix } from './prepare/layerMatrix.ts'

export function matrixFigure({ set, runIds, measure, includedOnly }: Extract<FigureRequest, { kind: 'matrix' }>, { runs, network, programVersion }: FigureInput): PlannedFigure {
  if (runs.length === 0) throw new UsageError(`There is no finished metamer of "${set.network}" to draw a matrix of. Make metamers first, or take excluded ones, too.`)
  const chosen = runIds ? `${runIds.length === 1 ? 'run' : 'runs'} ${runIds.join(', ')}` : null
  const matrix = layerMatrix(set, measure, runs, network)
  const caption = `${measureNames[measure]} of metamer and reference at every layer of ${set.network} (columns), by the layer at which the metamers were generated (rows): mean over references, after the metamers of each, ± standard error where there are several references${measure === 'dbAuthors' || measure === 'dbPower' ? '; a: activations of the reference, b: of the metamer' : ''}${chosen ? `; ${chosen} alone` : ''}. ${circumstances(runs, includedOnly, programVersion)}`
  const records = matrix.cells.map((cell) => ({ network: set.network, protocol: set.protocol, measure, ...cell }))
  return { name: figureName(set, 'matrix', measure, ...(chosen ? [chosen] : [])), title: `${set.network}: ${chosen ?? 'metamers'} at every layer`, caption, records, spec: matrixSpec(matrix) }
}
