import { existsSync } from 'node:fs'
import path from 'node:path'
import { MediaError, ModelFileError, UsageError } from '../../domain/errors.ts'
import type { CardDraft, FileInspection, TryOut, WeightMatch } from '../../domain/importing.ts'
import type { NetworkSummary } from '../../domain/network.ts'
import { networkNameFrom } from '../../domain/networkName.ts'
import { wrong, type Arguments, type Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { draftFrom, frontEnds, normalisations, withStages } from '../graphDraft.ts'
import { say, writeJson } from '../io.ts'
import type { Lab } from '../lab.ts'
import { labelsInFile } from '../labelsFile.ts'
import { checkLine, matchTable } from '../matchTable.ts'
import { columns, shortNumber } from '../text.ts'
import { json } from './sharedOptions.ts'

export const importCommand: Command = {
  name: 'import',
  summary: 'add a network from a file: weights, or a whole network',
  operands: 'FILE',
  operandCount: { from: 1, to: 1 },
  description: [
    'Adds a network of your own. FILE holds the weights of a network that the program knows (--as says which; without it, those that may fit are listed), or a whole network, or the file that a shared card names (--card). Nothing in FILE is executed. A checkpoint of TensorFlow is chosen by its .index.',
    'Weights are matched by the names and layouts that other programs use, else by order and shape where those leave no doubt. If one is missing, nothing is added. Afterwards the network is tried on a sample whose answer is known, where its card has one.',
    'Of a whole network the layers offered, the size of its input, the scaling and the labels are guessed from the file; the options below say otherwise.',
    'With --json, for weights: {match, network, checks}; for a whole network: {draft, tried, network}; without --as: the inspection. With --dry-run network is null and nothing is added.',
  ],
  options: {
    as: { value: 'NETWORK', help: 'the network of "lab networks" whose weights these are' },
    card: { value: 'CARD.json', help: 'a card that was shared; it names FILE by its hash' },
    name: { value: 'NAME', help: 'of the new network; by default made of those of the network and FILE' },
    source: { value: 'TEXT', help: 'where the weights come from, for the card and exports' },
    licence: { value: 'TEXT', help: 'under which licence they are' },
    labels: { value: 'FILE', help: 'labels in the order of the outputs: a JSON array or one a line; of whole networks also imagenet-1000 or none' },
    force: { help: 'add the weights even if the sample is not recognised' },
    size: { value: 'N', help: 'whole networks: side of the pictures, or HEIGHTxWIDTH' },
    normalisation: { value: 'NAME', help: `whole networks: scaling of pictures: ${Object.keys(normalisations).join(', ')}` },
    layers: { value: 'A,B,C', help: 'whole networks: layers to offer; the last one that gives the labels is always there' },
    'front-end': { value: 'NAME', help: `whole networks that hear: ${Object.keys(frontEnds).join(', ')}` },
    rate: { value: 'HZ', help: 'whole networks that hear: sample rate' },
    samples: { value: 'N', help: 'whole networks that hear: samples of the input' },
    try: { value: 'FILE', help: 'whole networks: put a picture or sound through it and print the five highest outputs' },
    'dry-run': { help: 'tell what would be done, and add nothing' },
    verbose: { help: 'list every weight, or every layer' },
    json,
  },
  examples: [
    'lab import vgg19.pth --as vgg-19 --dry-run',
    'lab import vgg19.pth --as vgg-19 --name my-vgg --licence BSD-3-Clause',
    'lab import net.onnx --size 224 --normalisation imagenet \\',
    '    --labels imagenet-1000 --try cat.png',
    'lab import weights.safetensors --card card.json',
  ],
  run: (args, { withLab }) => {
    const file = path.resolve(args.operands[0]!)
    if (!existsSync(file)) throw new MediaError(`There is no file "${args.operands[0]}". Check its name and folder.`)
    if (args.optional('as') !== undefined && args.optional('card') !== undefined) throw wrong(importCommand, '--as and --card exclude each other')
    return withLab((lab) => {
      if (args.optional('card') !== undefined) return importByCard(lab, args, file)
      return args.optional('as') === undefined ? importWhole(lab, args, file) : importWeights(lab, args, file)
    })
  },
}

async function importByCard({ client, io }: Lab, args: Arguments, file: string): Promise<number> {
  if (args.on('dry-run')) throw wrong(importCommand, '--card goes without --dry-run')
  const network = await client.call('imports.card', { card: path.resolve(args.text('card')), path: file })
  if (args.on('json')) writeJson(io, { network: network.name })
  else io.out(addedLine(network))
  return exitCodes.ok
}

async function importWeights({ client, io }: Lab, args: Arguments, file: string): Promise<number> {
  const network = args.text('as')
  const labels = args.optional('labels') === undefined ? undefined : labelsInFile(args.text('labels'))
  const match = await client.call('imports.match', { path: file, network })
  if (!args.on('json')) io.out(matchTable(match, args.on('verbose')))
  if (args.on('dry-run') || isIncomplete(match)) return endDry(io, args, match)
  const name = args.optional('name') ?? networkNameFrom(`${match.network}-${path.basename(file, path.extname(file))}`)
  const asked = { path: file, network, name, source: args.optional('source') ?? '', licence: args.optional('licence') ?? '', labels, unchecked: args.on('force') }
  const { network: added, checks } = await client.call('imports.saveWeights', asked)
  if (args.on('json')) writeJson(io, { match, network: added.name, checks })
  else io.out(`${checks.map((check) => `${checkLine(check)}\n`).join('')}${addedLine(added)}`)
  return exitCodes.ok
}

function endDry(io: Lab['io'], args: Arguments, match: WeightMatch): number {
  if (args.on('json')) writeJson(io, { match, network: null, checks: [] })
  if (!isIncomplete(match)) return exitCodes.ok
  throw new ModelFileError(`The file has not every weight of network "${match.network}": nothing was added. Choose the file that belongs to this network, or the network that belongs to this file.`)
}

function isIncomplete({ rows }: WeightMatch): boolean {
  return rows.some(({ source }) => source === null)
}

async function importWhole(lab: Lab, args: Arguments, file: string): Promise<number> {
  const { client, io } = lab
  const inspection = await client.call('imports.inspect', { path: file })
  for (const warning of inspection.warnings) say(io, warning)
  if (!inspection.graph) return tellCandidates(lab, args, inspection)
  const changed = draftFrom(inspection.graph.suggestion, args)
  const description = await client.call('imports.describe', { path: file, draft: changed })
  const layers = args.optional('layers')?.split(',').map((name) => name.trim()) ?? null
  const draft = withStages(changed, description, layers)
  const tried = args.optional('try') === undefined ? null : await client.call('imports.tryOut', { path: file, draft, stimulus: { path: path.resolve(args.text('try')) } })
  if (!args.on('json')) {
    io.out(draftText(draft, inspection))
    if (args.on('verbose')) io.out(columns(description.nodes.map(({ tensor, op, shape, metamerLayer }) => [`  ${metamerLayer ? '*' : ' '} ${tensor}`, op, shape.join(' x ')])))
    if (tried) io.out(triedText(tried))
  }
  const network = args.on('dry-run') ? null : await client.call('imports.save', { path: file, draft })
  if (args.on('json')) writeJson(io, { draft, tried, network: network?.name ?? null })
  else if (network) io.out(addedLine(network))
  return exitCodes.ok
}

function tellCandidates({ io }: Lab, args: Arguments, inspection: FileInspection): number {
  const { fileName, format, arrays, parameters, candidates } = inspection
  if (args.on('json')) writeJson(io, inspection)
  else {
    io.out(`${fileName}: ${format}, ${arrays} arrays, ${parameters} numbers; no whole network\n`)
    io.out(columns(candidates.map(({ network, matched, missing, extra }) => [`  --as ${network}`, `matched ${matched}`, `missing ${missing}`, `extra ${extra}`])))
  }
  if (candidates.length === 0) throw new ModelFileError(`"${fileName}" fits no network that the program knows. "lab import FILE --as NETWORK --dry-run --verbose" tells what is missing for one.`)
  if (args.on('dry-run')) return exitCodes.ok
  throw new UsageError(`"${fileName}" holds weights: say whose with --as, for instance --as ${candidates[0]!.network}.`)
}

function draftText({ name, input, normalisation, stages, labels }: CardDraft, { format, graph }: FileInspection): string {
  const size = input.kind === 'image' ? `pictures of ${input.height} x ${input.width}` : `sounds of ${input.samples} samples at ${input.sampleRateHz} Hz`
  const scaling = normalisation === null ? 'none' : JSON.stringify(normalisation)
  const list = labels === null ? 'none' : Array.isArray(labels) ? `${labels.length} of its own` : labels
  const heads = [`${name}: ${format}, ${graph!.nodes} nodes; takes ${size}`, `  scaling: ${scaling}`, `  labels: ${list}`, '  stages:']
  const lines = stages.map((stage) => `  ${stage.metamerLayer ? '*' : ' '} ${stage.name.padEnd(24)} ${stage.shape.join(' x ')}`)
  return `${[...heads, ...lines].join('\n')}\n`
}

function triedText({ stimulus, notices, top, seconds }: TryOut): string {
  const rows = top.map(({ index, label, value }) => [`  ${shortNumber(value)}`, String(index), label ?? ''])
  return `${stimulus}, in ${seconds.toFixed(2)} s:\n${notices.map((notice) => `  ${notice}\n`).join('')}${columns(rows)}`
}

function addedLine({ name, title }: NetworkSummary): string {
  return `Added the network ${name}: ${title}.\n`
}
