import { fieldProblem, settingFields } from '../../domain/numberField.ts'
import { wrong, type Arguments, type Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { say } from '../io.ts'
import { openProject } from '../lab.ts'
import { makeAndTell } from '../makeAndTell.ts'
import { runNumbers } from '../runNumbers.ts'
import { json, project, together, togetherOf } from './sharedOptions.ts'

export const retry: Command = {
  name: 'retry',
  summary: 'try failed metamers again, from other noise',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Tries every failed run and every excluded metamer again, with a seed that was not used for it yet, until it is no longer excluded or was tried as often as --tries says, its first run counted. All tries stay in the project, each with the number of the run that it follows.',
    'Prints what "lab make" prints, for each try. With --list: the runs that would be tried, with the reason, and nothing is made.',
  ],
  options: {
    project,
    run: { value: 'N[,N2]', multiple: true, help: 'only these runs' },
    tries: { value: 'K', default: '3', help: 'tries of one metamer at most' },
    updates: { value: 'N', help: 'with this many updates' },
    rate: { value: 'R', help: 'with this base learning rate' },
    list: { help: 'only list them' },
    together,
    json,
  },
  examples: ['lab retry --project p.metamer --list', 'lab retry --project p.metamer --tries 5 --updates 30000'],
  run: (args, { io, withLab }) => {
    const tries = args.whole('tries', 2, 100)
    const changes = { ...(args.optional('updates') === undefined ? {} : { updates: args.whole('updates', 1, 1_000_000) }), ...rateOf(args) }
    const chosen = runNumbers(retry, args)
    const atOnce = togetherOf(args)
    return withLab(async (lab) => {
      const { client } = lab
      await lab.client.call('runs.setAtOnce', { runs: atOnce })
      await openProject(lab, args.text('project'))
      let wanted = await client.call('runs.retriable', { tries })
      if (args.on('list')) {
        const listed = wanted.filter(({ id }) => chosen.length === 0 || chosen.includes(id))
        if (listed.length === 0) say(io, 'No metamer would be tried again: none of these failed, or each was tried often enough.')
        listed.forEach((run) => io.out(`run ${run.id}  ${run.network}  ${run.layer}  ${run.referenceName}  ${run.verdict?.reason ?? run.message ?? run.state}\n`))
        return exitCodes.ok
      }
      let runIds = chosen.length > 0 ? chosen : wanted.map(({ id }) => id)
      if (runIds.length === 0) say(io, 'No metamer is to be tried again: none failed, or each was tried often enough.')
      let code: number = exitCodes.ok
      while (runIds.length > 0 && code !== exitCodes.interrupted) {
        const made = (await client.call('runs.retry', { runIds, changes, tries })).runIds
        code = await makeAndTell(lab, made, { project: args.text('project'), json: args.on('json') })
        if (code === exitCodes.interrupted) break
        wanted = await client.call('runs.retriable', { tries })
        runIds = wanted.map(({ id }) => id).filter((id) => made.includes(id))
      }
      return code
    })
  },
}

function rateOf(args: Arguments): { learningRate?: number } {
  const text = args.optional('rate')
  if (text === undefined) return {}
  const problem = fieldProblem(text, settingFields.learningRate)
  if (problem) throw wrong(retry, `--rate: ${problem}`)
  return { learningRate: Number(text) }
}
