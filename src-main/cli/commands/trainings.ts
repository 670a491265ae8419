import type { TrainingSummary } from '../../domain/training.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { writeJson } from '../io.ts'
import { openProject } from '../lab.ts'
import { columns, shortNumber } from '../text.ts'
import { json, project } from './sharedOptions.ts'

export const trainings: Command = {
  name: 'trainings',
  summary: 'list the trainings of a project',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Lists every training, the oldest first, with the updates made and the scores of the network that was kept or, where it goes on, of the last validation. Of one that failed, the reason stands below.',
    'With --json: one object a line: training, state, name, plan, updates, validations, result, message, createdAt, finishedAt.',
  ],
  options: { project, json },
  examples: ['lab trainings --project p.metamer', 'lab trainings --project p.metamer --json'],
  run: (args, { io, withLab }) =>
    withLab(async (lab) => {
      await openProject(lab, args.text('project'))
      const found = await lab.client.call('trainings.list', {})
      if (args.on('json')) for (const one of found) writeJson(io, trainingRecord(one))
      else io.out(columns([heads, ...found.map(cells)]) + found.map(reason).join(''))
      return exitCodes.ok
    }),
}

function trainingRecord({ id, state, plan, stepsDone, validations, result, message, createdAt, finishedAt }: TrainingSummary) {
  return { training: id, state, name: plan.name, plan, updates: stepsDone, validations, result, message, createdAt, finishedAt }
}

const heads = ['training', 'state', 'name', 'kind', 'updates', 'right', 'mean AUC', 'loss']

function cells({ id, state, plan, stepsDone, validations, result }: TrainingSummary): string[] {
  const scores = result?.best ?? validations.at(-1)
  return [
    String(id),
    state,
    plan.name,
    plan.kind ?? 'words',
    `${stepsDone}/${plan.steps}`,
    scores === undefined || scores.wordAccuracy === null ? '-' : `${(100 * scores.wordAccuracy).toFixed(1)} %`,
    scores === undefined || scores.meanAuc === null ? '-' : scores.meanAuc.toFixed(3),
    scores === undefined ? '-' : shortNumber(scores.loss),
  ]
}

function reason({ id, message }: TrainingSummary): string {
  return message === null ? '' : `Training ${id}: ${message}\n`
}
