import path from 'node:path'
import type { EngineInfo, NetworkSummary } from '../../domain/network.ts'
import { wrong, type Arguments, type Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { writeJson } from '../io.ts'
import type { Lab } from '../lab.ts'
import { json } from './sharedOptions.ts'

export const networks: Command = {
  name: 'networks',
  summary: 'list the networks with their layers and weights',
  operands: '[FILE.json]',
  operandCount: { from: 0, to: 1 },
  description: [
    'Lists each network with its stages in order and the shape of each (without the batch axis, channels last). Stages marked * are generation layers: metamers can be made at them.',
    'Networks that you have added (lab import) can be removed, and their cards saved to be shared: a card names its weights by hash.',
    'With --json: one array of {name, title, kind, stages: [{name, shape, metamerLayer}], labels, head, weights: {state, source, seed}, trainedWeights: {file, where, formats} or null, needsNativeEngine}. With the head "sigmoid" each label stands on its own; with "ctc" the labels are symbols of a text. The state of weights is "trained", "random" (from a seed) or "needed" (a file is missing; "source" says which). trainedWeights says which file can be imported, where it is found and in which formats.',
  ],
  options: {
    remove: { value: 'NAME', help: 'remove a network that you have added; runs that were made with it stay' },
    'save-card': { value: 'NAME', help: 'write the card of a network that you have added to FILE.json' },
    json,
  },
  examples: ['lab networks', 'lab networks --json | python3 -m json.tool', 'lab networks --save-card my-vgg card.json', 'lab networks --remove my-vgg'],
  run: (args, { withLab }) => {
    const work = workFor(args)
    return withLab((lab) => work(lab))
  },
}

/** Checked before the program starts. */
function workFor(args: Arguments): (lab: Lab) => Promise<number> {
  const [removed, saved, file] = [args.optional('remove'), args.optional('save-card'), args.operands[0]]
  if (removed !== undefined && saved !== undefined) throw wrong(networks, '--remove and --save-card exclude each other')
  if (saved === undefined && file !== undefined) throw wrong(networks, `"${file}" is one word too many`)
  if (removed !== undefined) return (lab) => remove(lab, args, removed)
  if (saved === undefined) return (lab) => list(lab, args)
  if (file === undefined) throw wrong(networks, '--save-card NAME takes the file to write')
  return (lab) => saveCard(lab, args, saved, file)
}

async function list({ client, io }: Lab, args: Arguments): Promise<number> {
  const all = await client.call('networks.list', {})
  if (args.on('json')) writeJson(io, all.map(networkRecord))
  else {
    const { engine } = await client.call('app.info', {})
    io.out(all.map((network) => networkText(network, engine)).join('\n'))
  }
  return exitCodes.ok
}

async function remove({ client, io }: Lab, args: Arguments, name: string): Promise<number> {
  await client.call('networks.remove', { name })
  if (args.on('json')) writeJson(io, { removed: name })
  else io.out(`Removed the network ${name}.\n`)
  return exitCodes.ok
}

async function saveCard({ client, io }: Lab, args: Arguments, name: string, file: string): Promise<number> {
  const { path: written } = await client.call('networks.saveCard', { name, path: path.resolve(file) })
  if (args.on('json')) writeJson(io, { card: written })
  else io.out(`${written}: the card of ${name}\n`)
  return exitCodes.ok
}

function networkRecord({ name, title, kind, stages, labels, head, weights, trainedWeights, needsNativeEngine }: NetworkSummary) {
  return {
    name,
    title,
    kind,
    stages: stages.map(({ name: stage, shape, metamerLayer }) => ({ name: stage, shape, metamerLayer })),
    labels,
    head,
    weights: { state: weights.state, source: weights.source, seed: weights.seed },
    trainedWeights: trainedWeights ?? null,
    needsNativeEngine,
  }
}

function networkText(network: NetworkSummary, engine: EngineInfo): string {
  const { name, title, kind, stages, weights } = network
  const heads = [
    `${name}: ${title}`,
    `  takes ${kind === 'image' ? 'pictures' : 'sounds'}; ${whatItGives(network)}`,
    `  weights: ${weights.state}${weights.seed === null ? '' : `, seed ${weights.seed}`}. ${weights.source}`,
    ...importLine(network),
    ...engineLine(network, engine),
    '  stages:',
  ]
  const lines = stages.map((stage) => `  ${stage.metamerLayer ? '*' : ' '} ${stage.name.padEnd(16)} ${stage.shape.join(' x ')}`)
  return [...heads, ...lines].join('\n') + '\n'
}

function whatItGives({ labels, head }: NetworkSummary): string {
  if (labels.length === 0) return 'no labels'
  return head === 'ctc' ? `writes a text in ${labels.length} symbols` : `${labels.length} labels`
}

/** Needed weights say it themselves. */
function importLine({ weights, trainedWeights }: NetworkSummary): string[] {
  if (!trainedWeights || weights.state === 'needed') return []
  return [`  trained weights to import: ${trainedWeights.file} (${trainedWeights.formats.join(', ')}). ${trainedWeights.where}`]
}

function engineLine({ needsNativeEngine }: NetworkSummary, engine: EngineInfo): string[] {
  if (needsNativeEngine === null) return []
  const here = engine.backend === 'tensorflow' ? 'which is here' : 'which is not here'
  return [`  needs native TensorFlow, ${here}: ${needsNativeEngine}`]
}
