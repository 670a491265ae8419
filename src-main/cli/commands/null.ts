import { LabError, errorFromData } from '../../domain/errors.ts'
import type { NullJob } from '../../domain/run.ts'
import type { Command } from '../command.ts'
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
    'The pool is every picture (or sound) in a folder and its subfolders. No pair comes twice; with n stimuli there are n (n - 1) / 2.',
    'With --json: one object a line for each layer: network, layer, pairs, maximum, mean, deviation, seed, pool: {name, stimuli, hash}.',
  ],
  options: {
    project: projectMadeIfMissing,
    network,
    pool: { value: 'FOLDER', required: true, help: 'natural pictures or sounds' },
    pairs: { value: 'N', default: '2000', help: 'how many pairs; the paper has 1,000,000' },
    seed: { value: 'N', default: '1', help: 'chooses the pairs' },
    json,
  },
  examples: ['lab null --project p.metamer --network efficientnet-lite0 \\', '    --pool pictures/ --pairs 2000 --seed 1'],
  run: (args, { withLab }) => {
    const pairs = args.whole('pairs', 1, 10_000_000)
    const seed = args.whole('seed', 0, largestSeed)
    return withLab(async (lab) => {
      const plan = { network: args.text('network'), poolFolder: args.text('pool'), pairs, seed }
      // Before a project is made: a mistake should leave nothing behind.
      await lab.host.tools.checkNull(plan)
      await openOrCreateProject(lab, args.text('project'))
      const { jobId } = await lab.client.call('nulls.start', plan)
      return tellEnd(lab, await followNull(lab, jobId), args.on('json'))
    })
  },
}

async function tellEnd(lab: Lab, job: NullJob | 'interrupted', asJson: boolean): Promise<number> {
  if (job === 'interrupted') {
    say(lab.io, 'Stopped. Nothing was stored: a null distribution is stored when it is complete.')
    return exitCodes.interrupted
  }
  if (job.error) throw errorFromData(job.error)
  if (job.state !== 'finished') throw new LabError(job.message ?? `The null distribution was ${job.state}.`)
  const stored = (await lab.client.call('nulls.list', {})).nulls.filter(({ network: name }) => name === job.network)
  const records = stored.map(({ network: name, layer, pairs, maximum, mean, deviation, seed, pool }) => ({ network: name, layer, pairs, maximum, mean, deviation, seed, pool }))
  if (asJson) records.forEach((record) => writeJson(lab.io, record))
  else lab.io.out(columns([['layer', 'pairs', 'maximum', 'mean', 'deviation'], ...records.map((r) => [r.layer, String(r.pairs), r.maximum.toFixed(4), r.mean.toFixed(4), r.deviation.toFixed(4)])]))
  return exitCodes.ok
}
