import type { RunSummary } from '../../domain/run.ts'
import type { Arguments, Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { writeJson } from '../io.ts'
import { openProject } from '../lab.ts'
import { runRecord } from '../runRecord.ts'
import { columns, shortNumber } from '../text.ts'
import { json, project } from './sharedOptions.ts'

export const runs: Command = {
  name: 'runs',
  summary: 'list the runs of a project',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: ['Lists every run, the oldest first. With --json: one object a line, with the fields that "lab make --json" prints.'],
  options: {
    project,
    network: { value: 'NAME', help: 'only those of this network' },
    layer: { value: 'L', help: 'only those of this layer' },
    json,
  },
  examples: ['lab runs --project p.metamer', 'lab runs --project p.metamer --layer block2 --json'],
  run: (args, { io, withLab }) =>
    withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const found = (await lab.client.call('runs.list', {})).filter((run) => isWanted(run, args))
      if (!args.on('json')) io.out(columns([heads, ...found.map(cells)]))
      else for (const { id } of found) writeJson(io, runRecord(await lab.client.call('runs.detail', { id })))
      return exitCodes.ok
    }),
}

function isWanted(run: RunSummary, args: Arguments): boolean {
  const [network, layer] = [args.optional('network'), args.optional('layer')]
  return (network === undefined || run.network === network) && (layer === undefined || run.layer === layer)
}

const heads = ['run', 'state', 'network', 'layer', 'reference', 'protocol', 'seed', 'updates', 'loss', 'rho', 'verdict']

function cells(run: RunSummary): string[] {
  return [
    String(run.id),
    run.state,
    run.network,
    run.layer,
    run.referenceName,
    run.protocol.name,
    String(run.seed),
    `${run.updatesDone}/${run.protocol.updates}`,
    run.loss ? shortNumber(run.loss.last) : '-',
    run.rho?.toFixed(4) ?? '-',
    run.verdict?.outcome ?? '-',
  ]
}
