import type { RunSummary } from '../../domain/run.ts'
import { wrong, type Arguments, type Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { say, writeJson } from '../io.ts'
import { openProject } from '../lab.ts'
import { json, project } from './sharedOptions.ts'

export const remove: Command = {
  name: 'remove',
  summary: 'remove runs from a project, for good',
  operands: 'RUN...',
  operandCount: { from: 1, to: Infinity },
  description: [
    'Removes runs, by the numbers that "lab runs" lists, with all that belongs to them alone: metamer, losses, checkpoint, measurements, labels, verdicts and what judges said. A sound that makes a removed cochleagram audible goes with it. References and null distributions stay. All are removed, or none; nothing brings them back but a copy of the project.',
    'A later try of a removed run follows the one before it. The file keeps its size: what is made next takes the room. A copy of the project that the window saves ("Save a copy") is written without it where it is more than a tenth.',
    'Prints the runs that went. With --json: one object a line: run, state, network, layer, reference, protocol, seed.',
  ],
  options: { project, json },
  examples: ['lab remove --project p.metamer 12', 'lab remove --project p.metamer 3,4 7'],
  run: (args, { io, withLab }) => {
    const asked = numbersIn(args)
    return withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const before = await lab.client.call('runs.list', {})
      const { runIds } = await lab.client.call('runs.remove', { runIds: asked })
      const gone = before.filter(({ id }) => runIds.includes(id))
      if (args.on('json')) for (const run of gone) writeJson(io, recordOf(run))
      else io.out(gone.map(lineOf).join(''))
      say(io, `${gone.length === 1 ? '1 run was' : `${gone.length} runs were`} removed. The file keeps its size; what is made next takes the room.`)
      return exitCodes.ok
    })
  },
}

/** "3,4" and "7" */
function numbersIn(args: Arguments): number[] {
  return args.operands.flatMap((words) => words.split(',')).map((word) => {
    if (/^[1-9]\d*$/.test(word.trim())) return Number(word)
    throw wrong(remove, `RUN takes numbers of runs, not "${word}"`)
  })
}

function recordOf({ id, state, network, layer, referenceName, protocol, seed }: RunSummary) {
  return { run: id, state, network, layer, reference: referenceName, protocol: protocol.name, seed }
}

function lineOf({ id, state, network, layer, referenceName, seed, inverts }: RunSummary): string {
  return `run ${id}  ${network}  ${layer}  ${referenceName}  seed ${seed}  ${inverts === null ? state : `inverted run ${inverts}`}\n`
}
