import { LabError, errorFromData } from '../../domain/errors.ts'
import { flatRecognition, recognitionRules, recognitionStandards, type RecognitionRow } from '../../domain/recognition.ts'
import { keepAnswers } from '../answersFile.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { followJob } from '../followJob.ts'
import { say, writeJson } from '../io.ts'
import { openProject, type Lab } from '../lab.ts'
import { runNumbers } from '../runNumbers.ts'
import { columns } from '../text.ts'
import { allTries, included, json, project } from './sharedOptions.ts'

export const recognise: Command = {
  name: 'recognise',
  summary: 'have other networks name the metamers',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Each judge names every metamer and its reference as they are exported: rounded, then resized (pictures) or resampled and cut or padded (sounds) to what the judge takes. What a judge has named is stored and not asked again.',
    'A metamer is recognised, standard "class", when the judge gives it the true class of its reference (--answers), or, standard "reference", when the judge gives it the label that it gives the reference. Rule "all": the best of all labels; "16-way": the best of 16 categories, for networks with ImageNet labels, or with the 16 as labels. The ceiling is the references themselves; proportions are means over references, after the metamers of each, and errors bootstrap errors over references (1,000 draws, seed 1). Chance: one of all labels; and how often the judge gives a metamer what belongs to another reference (mean over pairs), which is high for a judge that gives many things one label.',
    'With --json: one object a line: network, networkHash, protocol, layer, judge, judgeHash, rule, standard, metamers and references: {stimuli, recognised, proportion, sem}, chance, chanceOfAnother.',
  ],
  options: {
    project,
    judge: { value: 'NAME[,NAME2]', required: true, multiple: true, help: 'networks that judge' },
    run: { value: 'N[,N2]', multiple: true, help: 'only these runs; by default every finished one whose signals the judge can take' },
    answers: { value: 'FILE', help: "true classes, kept in the project: on each line a reference's file name, a tab, and a label, the index of one (where two classes bear one name), or a category of the 16" },
    included,
    'all-tries': allTries,
    csv: { value: 'FILE', help: 'write the table there, too' },
    json,
  },
  examples: ['lab recognise --project p.metamer \\', '    --judge efficientnet-lite1,efficientnet-lite2 --csv judged.csv'],
  run: (args, { io, withLab }) => {
    const runIds = runNumbers(recognise, args)
    const judges = args.list('judge')
    return withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const answers = args.optional('answers')
      if (answers !== undefined) await keepAnswers(lab, answers)
      const chosen = runIds.length > 0 ? { runIds } : {}
      if ((await judged(lab, { judges, ...chosen })) === 'interrupted') return exitCodes.interrupted
      const rows = await table(lab, { includedOnly: args.on('included'), allTries: args.on('all-tries'), ...chosen })
      const csv = args.optional('csv')
      if (csv !== undefined) lab.host.tools.writeCsv(csv, rows.map(flatRecognition))
      if (args.on('json')) rows.forEach((row) => writeJson(io, row))
      else io.out(columns([heads, ...rows.map(cells)]))
      return exitCodes.ok
    })
  },
}

async function judged({ client, io }: Lab, plan: { judges: string[]; runIds?: number[] }): Promise<'done' | 'interrupted'> {
  const { jobId } = await client.call('judgements.start', plan)
  const end = await followJob({ io }, {
    jobId,
    label: 'judging',
    unit: () => 'signals',
    listen: (look) => client.on('judgementProgress', look),
    jobs: () => client.call('judgements.jobs', {}),
  })
  if (end === 'interrupted') {
    say(io, 'Stopped. What was judged is kept; the same command goes on with the rest.')
    return end
  }
  if (end.error) throw errorFromData(end.error)
  if (end.state !== 'finished') throw new LabError(`The judgement was ${end.state}.`)
  return 'done'
}

/** Under every rule and standard that has something to say. */
async function table({ client }: Lab, which: { includedOnly: boolean; allTries: boolean; runIds?: number[] }): Promise<RecognitionRow[]> {
  const rows: RecognitionRow[] = []
  for (const rule of recognitionRules) {
    for (const standard of recognitionStandards) rows.push(...(await client.call('judgements.table', { rule, standard, ...which })))
  }
  return rows
}

const heads = ['network', 'layer', 'protocol', 'judge', 'rule', 'standard', 'n', 'proportion', 'SEM', 'ceiling', 'chance', 'of another']

function cells(row: RecognitionRow): string[] {
  const { network, layer, protocol, judge, rule, standard, metamers, references, chance, chanceOfAnother } = row
  const digits = (value: number, count: number): string => (Number.isNaN(value) ? '-' : value.toFixed(count))
  return [network, layer, protocol, judge, rule, standard, String(metamers.stimuli), digits(metamers.proportion, 3), digits(metamers.sem, 3), digits(references.proportion, 3), digits(chance, 4), digits(chanceOfAnother, 3)]
}
