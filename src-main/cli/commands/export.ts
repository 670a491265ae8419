import path from 'node:path'
import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { writeJson } from '../io.ts'
import { openProject } from '../lab.ts'
import { runNumbers } from '../runNumbers.ts'
import { json, project } from './sharedOptions.ts'
import { ExportError } from '../../domain/errors.ts'

export const exportCommand: Command = {
  name: 'export',
  summary: 'write metamers as pictures and sounds with their tables',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Writes finished runs as a folder: PNG or WAV with the settings embedded in each, stimuli.tsv and measurements.tsv with what was measured, and manifest.json with the SHA-256 of every file. It is all there afterwards, or nothing is.',
    'With --json: {folder, files, runs}.',
  ],
  options: {
    project,
    out: { value: 'FOLDER', required: true, help: 'a folder that does not exist yet, or is empty' },
    run: { value: 'N[,N2]', multiple: true, help: 'only these runs; by default every finished one' },
    json,
  },
  examples: ['lab export --project p.metamer --out stimuli', 'lab export --project p.metamer --run 3,4 --out stimuli'],
  run: (args, { io, withLab }) =>
    withLab(async (lab) => {
      const chosen = runNumbers(exportCommand, args)
      await openProject(lab, args.text('project'))
      const finished = (await lab.client.call('runs.list', {})).filter(({ state }) => state === 'finished').map(({ id }) => id)
      const runIds = chosen.length > 0 ? chosen : finished
      if (runIds.length === 0) throw new ExportError('No run of this project is finished yet, so there is nothing to export. "lab make" makes some.')
      const { folder, files } = await lab.client.call('export.stimulusSet', { runIds, folder: path.resolve(args.text('out')) })
      if (args.on('json')) writeJson(io, { folder, files, runs: runIds })
      else io.out(`${runIds.length} ${runIds.length === 1 ? 'run' : 'runs'} in ${files} files: ${folder}\n`)
      return exitCodes.ok
    }),
}
