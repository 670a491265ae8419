import { LabError, UsageError, errorFromData } from '../../domain/errors.ts'
import { augmentations, leastMemoryBytes, mostPairs, nullModes, type NullRequest } from '../../domain/nullDistribution.ts'
import type { NullJob } from '../../domain/run.ts'
import type { Arguments, Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { followNull } from '../followNull.ts'
import { say, writeJson } from '../io.ts'
import { openOrCreateProject, type Lab } from '../lab.ts'
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
    'Asking again for more pairs with the same pool and seed adds to those stored. What was stopped goes on when the same is asked for again.',
    'With --json: one object a line for each layer: network, layer, pairs, maximum, mean, deviation, quantiles, seed, mode, augmentation, draws, distinctPairs, undefinedPairs, pool: {name, stimuli, hash}.',
  ],
  options: {
    project: projectMadeIfMissing,
    network,
    pool: { value: 'FOLDER', required: true, help: 'natural pictures or sounds: a folder, or a list of them (.txt)' },
    pairs: { value: 'N', default: '2000', help: 'how many pairs; the paper has 1,000,000' },
    seed: { value: 'N', default: '1', help: 'chooses the pairs, and the crops' },
    mode: { value: 'MODE', default: 'pool', help: '"pool", or "independent": each stimulus is used once' },
    augment: { value: 'HOW', default: 'none', help: '"none" or "crops"' },
    memory: { value: 'SIZE', default: '4GB', help: 'what ranks may take in memory, such as 512MB; the rest is on disk beside the project' },
    json,
  },
  examples: ['lab null --project p.metamer --network efficientnet-lite0 \\', '    --pool pictures/ --pairs 2000 --seed 1', 'lab null --project p.metamer --network efficientnet-lite0 \\', '    --pool pictures/ --pairs 1000000 --augment crops'],
  run: (args, { withLab }) => {
    const plan = planOf(args)
    return withLab(async (lab) => {
      // Before a project is made: a mistake should leave nothing behind.
      await lab.host.tools.checkNull(plan)
      await openOrCreateProject(lab, args.text('project'))
      const { jobId } = await lab.client.call('nulls.start', plan)
      return tellEnd(lab, await followNull(lab, jobId), args.on('json'))
    })
  },
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

async function tellEnd(lab: Lab, job: NullJob | 'interrupted', asJson: boolean): Promise<number> {
  if (job === 'interrupted') {
    say(lab.io, 'Stopped. Nothing was stored: a null distribution is stored when it is complete. The same command goes on from here.')
    return exitCodes.interrupted
  }
  if (job.error) throw errorFromData(job.error)
  if (job.state !== 'finished') throw new LabError(job.message ?? `The null distribution was ${job.state}.`)
  const stored = (await lab.client.call('nulls.list', {})).nulls.filter(({ network: name }) => name === job.network)
  const records = stored.map(({ networkHash: _, ...summary }) => summary)
  if (asJson) records.forEach((record) => writeJson(lab.io, record))
  else lab.io.out(columns([['layer', 'pairs', 'maximum', 'mean', 'deviation'], ...records.map((r) => [r.layer, String(r.pairs), r.maximum.toFixed(4), r.mean.toFixed(4), r.deviation.toFixed(4)])]))
  return exitCodes.ok
}
