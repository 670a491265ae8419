import { figureFormats, type Figure, type FigureFormat, type FigureRequest, type FigureSize } from '../../domain/figure.ts'
import { csv } from '../../figures/csv.ts'
import { makeFigure } from '../../figures/makeFigure.ts'
import { layerMatrix } from '../../figures/prepare/layerMatrix.ts'
import { rasteriseSvg } from '../../media/rasteriseSvg.ts'
import type { Handlers } from '../../rpc/server.ts'
import { chosenRuns } from '../chosenRuns.ts'
import { figureInput } from '../figureInput.ts'
import { handedInput, isHanded } from '../handedInput.ts'
import { makeReport } from '../makeReport.ts'
import type { HostParts } from '../parts.ts'
import { isOf, runSets } from '../runSets.ts'

type FigureHandlers = Pick<Handlers, 'sets.list' | 'figures.matrix' | 'figures.draw' | 'figures.file' | 'figures.files' | 'report.make'>

export function figureHandlers({ compute, sessions, version, now }: HostParts): FigureHandlers {
  const draw = async (request: FigureRequest, size: FigureSize): Promise<Figure> =>
    makeFigure(request, isHanded(request) ? handedInput(request, version) : await figureInput(request, sessions.current().project, compute, version), size)

  return {
    'sets.list': async () => runSets(sessions.current().project.runs.list(), await compute.networks()),
    'figures.matrix': async ({ set, measure, ...choice }) => {
      const network = (await compute.networks()).find(({ name }) => name === set.network) ?? null
      const { project } = sessions.current()
      const runs = chosenRuns(project, choice).filter(isOf(set)).map(({ id }) => project.runs.detail(id))
      return layerMatrix(set, measure, runs, network)
    },
    'figures.draw': ({ request, size }) => draw(request, size),
    'figures.file': async ({ request, size, format }) => fileOf(await draw(request, size), format, size.dpi),
    'figures.files': async ({ request, size }) => {
      const figure = await draw(request, size)
      return Promise.all(figureFormats.map((format) => fileOf(figure, format, size.dpi)))
    },
    'report.make': async (options) => {
      const { project } = sessions.current()
      const html = await makeReport({ project, compute, version, now }, options)
      return { fileName: `${project.name} report.html`, mimeType: 'text/html', bytes: new TextEncoder().encode(html) }
    },
  }
}

const mimeTypes: Record<FigureFormat, string> = { svg: 'image/svg+xml', png: 'image/png', csv: 'text/csv', txt: 'text/plain' }

async function fileOf(figure: Figure, format: FigureFormat, dpi: number): Promise<{ fileName: string; mimeType: string; bytes: Uint8Array }> {
  return { fileName: `${figure.name}.${format}`, mimeType: mimeTypes[format], bytes: await bytesOf(figure, format, dpi) }
}

async function bytesOf({ svg, records, caption }: Figure, format: FigureFormat, dpi: number): Promise<Uint8Array> {
  if (format === 'png') return rasteriseSvg(svg, dpi)
  return new TextEncoder().encode(format === 'svg' ? svg : format === 'csv' ? csv(records) : `${caption}\n`)
}
