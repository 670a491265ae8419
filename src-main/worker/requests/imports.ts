import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Card } from '../../domain/card.ts'
import { ModelFileError } from '../../domain/errors.ts'
import type { FileInspection, GraphDescription, GraphOutline, WeightMatch } from '../../domain/importing.ts'
import type { InspectedFile, WorkerRequests } from '../../domain/workerMessages.ts'
import { findNetwork, networkSummaries } from '../../engine/models/catalogue.ts'
import { conventionsOf } from '../../engine/models/importing/conventions.ts'
import { convertWeights } from '../../engine/models/importing/convertWeights.ts'
import { importedCard } from '../../engine/models/importing/importedCard.ts'
import { matchWeights, missingOf, type WeightPlan } from '../../engine/models/importing/matchWeights.ts'
import { sizeOf, type NamedShape } from '../../engine/models/importing/namedShape.ts'
import type { WorkerContext } from '../context.ts'
import { describedNodes, graphOutline } from '../graphOutline.ts'
import { loadingTold } from '../loadingTold.ts'
import { readModelFile, type ModelFile } from '../modelFile.ts'
import { writeWeights } from '../writeWeights.ts'

const weightsFileName = 'weights.safetensors'

/** What is told of a file without its values, for as long as the file stays as it is. */
type Outline = Omit<ModelFile, 'arrays' | 'graph'> & { shapes: NamedShape[]; outline: GraphOutline | null }

let lastOutline: { path: string; version: string; of: Outline } | null = null

/** @throws ModelFileError when the file cannot be used */
export async function inspectFile(context: WorkerContext, { path: file }: { path: string }): Promise<InspectedFile> {
  const { shapes, format, byteLength, hash, files, warnings, outline } = await outlineOf(context, file)
  const parameters = shapes.reduce((sum, array) => sum + sizeOf(array), 0)
  return { path: file, fileName: path.basename(file), format, byteLength, hash, files, warnings, arrays: shapes.length, parameters, candidates: candidatesFor(shapes), graph: outline }
}

/** @throws ModelFileError when there is no such network, or the file cannot be used */
export async function matchFile(context: WorkerContext, { path: file, network }: { path: string; network: string }): Promise<WeightMatch> {
  return planFor(network, (await outlineOf(context, file)).shapes).match
}

/** @throws ModelFileError when the file has not every weight of the network */
export async function importWeights(context: WorkerContext, params: WorkerRequests['importWeights']['params']): Promise<{ card: Card }> {
  const { path: file, network, name, source, licence, labels, output } = params
  const { arrays, hash: sourceHash } = await readModelFile(file, loadingTold(context, name))
  const plan = planFor(network, shapesOf(arrays))
  const hash = await writeWeights(path.join(output, weightsFileName), convertWeights(plan, arrays))
  const sourceFile = { name: path.basename(file), hash: sourceHash }
  return { card: importedCard(plan, { name, source, licence, labels, file: weightsFileName, hash, sourceFile }) }
}

/** @throws ModelFileError when the file holds no whole network */
export async function describeGraph(context: WorkerContext, { path: file, draft }: WorkerRequests['describeGraph']['params']): Promise<GraphDescription> {
  const { graph, format } = await readModelFile(file, loadingTold(context, path.basename(file)))
  if (graph) return { nodes: describedNodes(graph, draft).nodes }
  throw new ModelFileError(`"${path.basename(file)}" (${format}) holds weights and no network. Choose the network of the catalogue that they belong to.`)
}

function planFor(network: string, shapes: NamedShape[]): WeightPlan {
  const entry = findNetwork(network)
  return matchWeights(entry, conventionsOf(entry.card.name), shapes)
}

/** Networks of which the file has every weight, of several with the same code the first; where there is none, those of which it has half. */
function candidatesFor(shapes: NamedShape[]): FileInspection['candidates'] {
  const all = networkSummaries().map(({ name: network }) => {
    const plan = planFor(network, shapes)
    const missing = missingOf(plan)
    return { network, matched: plan.match.rows.length - missing, missing, extra: plan.match.extra.length }
  })
  const likely = all.filter(({ matched, missing }) => matched >= missing).sort((a, b) => a.missing - b.missing || a.extra - b.extra)
  const whole = likely.filter(({ missing }) => missing === 0)
  const codes = whole.map(({ network }) => findNetwork(network).architecture)
  return whole.length > 0 ? whole.filter((_, i) => codes.indexOf(codes[i]!) === i) : likely
}

async function outlineOf(context: WorkerContext, file: string): Promise<Outline> {
  const version = await versionOf(file)
  if (lastOutline?.path === file && lastOutline.version === version) return lastOutline.of
  const { arrays, graph, ...rest } = await readModelFile(file, loadingTold(context, path.basename(file)))
  const of = { ...rest, shapes: shapesOf(arrays), outline: graph && graphOutline(graph, path.basename(file), rest.format) }
  lastOutline = { path: file, version, of }
  return of
}

/** Empty for what cannot be looked at: reading it says why. */
async function versionOf(file: string): Promise<string> {
  return stat(file).then(({ size, mtimeMs }) => `${size} bytes, ${mtimeMs}`, () => '')
}

function shapesOf(arrays: ModelFile['arrays']): NamedShape[] {
  return [...arrays].map(([name, { shape }]) => ({ name, shape }))
}
