import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { followTraining } from '../followTraining.ts'
import { say } from '../io.ts'
import { openProject } from '../lab.ts'
import { makeAndTell } from '../makeAndTell.ts'
import { runNumbers } from '../runNumbers.ts'
import { json, project, together, togetherOf } from './sharedOptions.ts'

export const resume: Command = {
  name: 'resume',
  summary: 'go on with runs and trainings that were paused or interrupted',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Goes on with every run and every training of the project that is paused or interrupted, each from its last checkpoint, as if it had not stopped. With --run or --training, with those only; then failed and cancelled ones too.',
    'Prints what "lab make" and "lab train" print.',
  ],
  options: { project, run: { value: 'N[,N2]', multiple: true, help: 'only these runs' }, training: { value: 'N', help: 'only this training' }, together, json },
  examples: ['lab resume --project p.metamer', 'lab resume --project p.metamer --run 3,4'],
  run: (args, { io, withLab }) => {
    const atOnce = togetherOf(args)
    return withLab(async (lab) => {
      await lab.client.call('runs.setAtOnce', { runs: atOnce })
      const chosen = runNumbers(resume, args)
      const training = args.optional('training') === undefined ? null : args.whole('training', 1, 1_000_000_000)
      await openProject(lab, args.text('project'))
      const isStopped = ({ state }: { state: string }): boolean => state === 'paused' || state === 'interrupted'
      const idsOf = (all: Array<{ id: number; state: string }>): number[] => all.filter(isStopped).map(({ id }) => id)
      const named = chosen.length > 0 || training !== null
      const runs = named ? chosen : idsOf(await lab.client.call('runs.list', {}))
      const trainings = training !== null ? [training] : named ? [] : idsOf(await lab.client.call('trainings.list', {}))
      if (runs.length + trainings.length === 0) {
        say(io, 'No run or training is paused or interrupted.')
        return exitCodes.ok
      }
      const told = { project: args.text('project'), json: args.on('json') }
      for (const id of runs) await lab.client.call('runs.resume', { id })
      for (const id of trainings) await lab.client.call('trainings.resume', { id })
      let code: number = runs.length > 0 ? await makeAndTell(lab, runs, told) : exitCodes.ok
      for (const id of trainings) code = code === exitCodes.interrupted ? code : Math.max(code, await followTraining(lab, id, told))
      return code
    })
  },
}
