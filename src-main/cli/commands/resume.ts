import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { say } from '../io.ts'
import { openProject } from '../lab.ts'
import { makeAndTell } from '../makeAndTell.ts'
import { runNumbers } from '../runNumbers.ts'
import { json, project } from './sharedOptions.ts'

export const resume: Command = {
  name: 'resume',
  summary: 'go on with runs that were paused or interrupted',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Goes on with every run of the project that is paused or interrupted, each from its last checkpoint, as if it had not stopped. With --run, with those only; then failed and cancelled ones too.',
    'Prints what "lab make" prints.',
  ],
  options: { project, run: { value: 'N[,N2]', multiple: true, help: 'only these runs' }, json },
  examples: ['lab resume --project p.metamer', 'lab resume --project p.metamer --run 3,4'],
  run: (args, { io, withLab }) =>
    withLab(async (lab) => {
      const chosen = runNumbers(resume, args)
      await openProject(lab, args.text('project'))
      const stopped = (await lab.client.call('runs.list', {})).filter(({ state }) => state === 'paused' || state === 'interrupted')
      const ids = chosen.length > 0 ? chosen : stopped.map(({ id }) => id)
      if (ids.length === 0) {
        say(io, 'No run is paused or interrupted.')
        return exitCodes.ok
      }
      for (const id of ids) await lab.client.call('runs.resume', { id })
      return makeAndTell(lab, ids, { project: args.text('project'), json: args.on('json') })
    }),
}
