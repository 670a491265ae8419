import type { Command } from '../command.ts'
import { openProject } from '../lab.ts'
import { makeAndTell } from '../makeAndTell.ts'
import { json, project } from './sharedOptions.ts'

export const invert: Command = {
  name: 'invert',
  summary: 'make the cochleagram of a run audible',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Makes the sound of a metamer that was made with --space cochleagram: a run of the same network, protocol and seed that moves the sound until its cochleagram matches. The rho it tells, at layer "cochleagram", says how near a sound comes. Judges that do not hear by the same cochleagram get this sound; of several that one which was made last.',
    'Prints what "lab make" prints.',
  ],
  options: {
    project,
    run: { value: 'N', required: true, help: 'the run whose cochleagram it is' },
    json,
  },
  examples: ['lab invert --project p.metamer --run 3'],
  run: (args, { withLab }) => {
    const id = args.whole('run', 1, 1e9)
    return withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const { runId } = await lab.client.call('runs.invert', { id })
      return makeAndTell(lab, [runId], { project: args.text('project'), json: args.on('json') })
    })
  },
}
