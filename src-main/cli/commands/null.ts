import { LabError, UsageError, errorFromData } from '../../domain/errors.ts'
import { augmentations, leastMemoryBytes, mostPairs, nullModes, type NullRequest } from '../../domain/nullDistribution.ts'
import type { NullJob } from '../../domain/run.ts'
import type { ListedNull } from '../../rpc/contract/methods.ts'
import type { Arguments, Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { followNull } from '../followNull.ts'
import { say, writeJson } from '../io.ts'
import { openOrCreateProject, openProject, type Lab } from '../lab.ts'
import { columns } from '../text.ts'
import { json, largestSeed, network, projectMadeIfMissing } from './sharedOptions.ts'

export const nullCommand: Command = {
  name: 'null',
  summary: 'make the null distributions that metamers are judged against',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Correlates random pairs of natural stimuli at every generation layer of a network, stores the distributions in the project, and decides its finished runs again.',
    'The pool is every picture (or sound) in a folder and its subfolders, or those that a text file (.txt) lists, one a line. No pair comes twice; with n stimuli there are n (n - 1) / 2. More pairs need --augment crops: each draw of a picture is a random crop (8 to 100 % of its area), mirrored or not; of a sound, the sound at a random place in the network\'s input. With --mode independent each stimulus is used once.',
    'Asking again for more pairs with the same pool and seed adds to those stored. What was stopped goes on when the same is asked for again: until it is complete, ranks of activations lie in the folder PROJECT.nulls beside the project. Going on needs it; it may be deleted when nothing is to go on.',
    'Of several null distributions of a layer the one with most pairs judges, of equal ones the latest; the others are kept. With --remove one is dropped at all its layers, and what it had judged is decided again; earlier verdicts stay in the record. With --list: those of the project, with their numbers.',
    'With --json: one object a line for each layer, those that judge first: id, judges, madeAt, network, layer, pairs, maximum, mean, deviation, quantiles, seed, mode, augmentation, draws, distinctPairs, undefinedPairs, pool: {name, stimuli, hash}.',
  ],
  options: {
    project: projectMadeIfMissing,
    network: { value: 'NAME', help: `${network.help}; needed to make one` },
    pool: { value: 'FOLDER', help: 'natural pictures or sounds: a folder, or a list of them (.txt); needed to make one' },
    pairs: { value: 'N', default: '2000', help: 'how many pairs; the paper has 1,000,000' },
    seed: { value: 'N', default: '1', help: 'chooses the pairs, and the crops' },
    mode: { value: 'MODE', default: 'pool', help: '"pool", or "independent": each stimulus is used once' },
    augment: { value: 'HOW', default: 'none', help: '"none" or "crops"' },
    memory: { value: 'SIZE', default: '4GB', help: 'what ranks may take in memory, such as 512MB; the rest is on disk beside the project' },
    list: { help: 'make none, only list those of the project' },
    remove: { value: 'ID', help: 'drop the stored null distribution of this number, at all layers' },
    json,
  },
  examples: ['lab null --project p.metamer --network efficientnet-lite0 \\', '    --pool pictures/ --pairs 2000 --seed 1', 'lab null --project p.metamer --network efficientnet-lite0 \\', '    --pool pictures/ --pairs 1000000 --augment crops', 'lab null --project p.metamer --list', 'lab null --project p.metamer --remove 12'],
  run: (args, { withLab }) => {
    if (args.on('list') || args.given('remove')) return withLab((lab) => withStored(lab, args))
    const plan = planOf(args)
    return withLab(async (lab) => {
      // Before a project is made: a mistake should leave nothing behind.
      await lab.host.tools.checkNull(plan)
      await openOrCreateProject(lab, args.text('project'))
      const { jobId } = await lab.client.call('nulls.start', plan)
      return tellEnd(lab, await followNull(lab, jobId), args)
    })
  },
}

/** List what a project has, after one was removed if that was asked for. */
async function withStored(lab: Lab, args: Arguments): Promise<number> {
  await openProject(lab, args.text('project'))
  if (args.given('remove')) {
    const id = args.whole('remove', 1, Number.MAX_SAFE_INTEGER)
    await lab.client.call('nulls.remove', { id })
    say(lab.io, `Null distribution ${id} was removed at all its layers. What it had judged was decided again; earlier verdicts stay in the record.`)
  }
  await tellStored(lab, args, () => true)
  return exitCodes.ok
}

function planOf(args: Arguments): NullRequest {
  return {
    network: args.text('network'),
    poolFolder: args.text('pool'),
    pairs: args.whole('pairs', 1, mostPairs),
    seed: args.whole('seed', 0, largestSeed),
    mode: oneOf(args, 'mode', nullModes),
    augmentation: oneOf(args, 'augment', augmentations),
    memoryBytes: bytesOf(args.text('memory')),
  }
}

function oneOf<T extends string>(args: Arguments, option: string, choices: readonly T[]): T {
  const given = args.text(option)
  const found = choices.find((choice) => choice === given)
  if (found) return found
  throw new UsageError(`--${option} takes ${choices.map((choice) => `"${choice}"`).join(' or ')}, not "${given}". See: lab null --help`)
}

function bytesOf(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?(MB|GB)$/i.exec(text) ?? []
  const bytes = Math.round(Number(number) * (unit?.toUpperCase() === 'GB' ? 2 ** 30 : 2 ** 20))
  if (bytes >= leastMemoryBytes) return bytes
  throw new UsageError(`--memory takes a size of 64MB or more, such as 512MB or 4GB, not "${text}". See: lab null --help`)
}

async function tellEnd(lab: Lab, job: NullJob | 'interrupted', args: Arguments): Promise<number> {
  if (job === 'interrupted') {
    const folder = `${args.text('project')}.nulls`
    say(lab.io, `Stopped. No null was stored: that is done when it is complete. What is computed so far is in the folder "${folder}"; the same command goes on from there. Without the folder, which may be deleted, it starts anew.`)
    return exitCodes.interrupted
  }
  if (job.error) throw errorFromData(job.error)
  if (job.state !== 'finished') throw new LabError(job.message ?? `The null distribution was ${job.state}.`)
  if (job.message !== null) say(lab.io, `${job.message} That is: lab null --project FILE --remove ID`)
  await tellStored(lab, args, (stored) => stored.network === job.network)
  return exitCodes.ok
}

/** Those that judge first, each with whether it does. */
async function tellStored({ client, io }: Lab, args: Arguments, wanted: (stored: ListedNull) => boolean): Promise<void> {
  const marked = (judges: boolean, list: ListedNull[]) => list.filter(wanted).map((stored) => ({ ...stored, judges }))
  const { nulls } = await client.call('nulls.list', {})
  const records = [...marked(true, nulls), ...marked(false, await client.call('nulls.others', {}))]
  if (args.on('json')) return records.forEach(({ networkHash: _, ...record }) => writeJson(io, record))
  const cells = records.map((r) => [String(r.id), r.network, r.layer, String(r.pairs), r.maximum.toFixed(4), r.mean.toFixed(4), r.deviation.toFixed(4), r.pool.name, String(r.seed), r.judges ? 'yes' : 'no'])
  io.out(columns([['id', 'network', 'layer', 'pairs', 'maximum', 'mean', 'deviation', 'pool', 'seed', 'judges'], ...cells]))
}
