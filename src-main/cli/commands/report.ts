import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { writeJson } from '../io.ts'
import { openProject, type Lab } from '../lab.ts'
import { allTries, included, json, project } from './sharedOptions.ts'

export const report: Command = {
  name: 'report',
  summary: 'write all figures of a project into one HTML file',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Writes one HTML file that needs no other: for every network and protocol the table of included counts, the layer by layer matrix, recognition by other networks, the comparison of ReLU gradients where there is one, and a histogram of null and metamers for each layer; then the null distributions of all other layers, and of every training its curves, tests, confusions, areas of sounds and first kernels; with captions and the numbers as CSV.',
    'With --json: {file, bytes}.',
  ],
  options: {
    project,
    out: { value: 'FILE.html', required: true, help: 'the file to write' },
    included,
    stimuli: { help: 'with the references and metamers themselves; mind whose they are before you pass the file on' },
    'stimuli-of': { value: 'NAME[,NAME2]', multiple: true, help: 'with those of these references only, by their file names' },
    note: { value: 'TEXT', help: 'a remark at the top of the report: whose the stimuli are and under which licence, for instance' },
    'all-tries': allTries,
    json,
  },
  examples: ['lab report --project p.metamer --out report.html'],
  run: (args, { io, withLab }) =>
    withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const named = await namedReferences(lab, args.all('stimuli-of'))
      const note = args.optional('note')
      const stimuli = named.length > 0 ? named : args.on('stimuli')
      const { bytes } = await lab.client.call('report.make', { includedOnly: args.on('included'), allTries: args.on('all-tries'), stimuli, ...(note === undefined ? {} : { note }) })
      const file = args.text('out')
      lab.host.tools.writeFile(file, bytes)
      if (args.on('json')) writeJson(io, { file, bytes: bytes.length })
      else io.out(`${file}\n`)
      return exitCodes.ok
    }),
}

/** A file's name may hold commas itself: what is the name of a reference as a whole is not taken apart. */
async function namedReferences({ client }: Lab, values: string[]): Promise<string[]> {
  if (values.length === 0) return []
  const names = new Set((await client.call('runs.list', {})).map(({ referenceName }) => referenceName))
  return values.flatMap((value) => (names.has(value) ? [value] : value.split(',').map((name) => name.trim())))
}
