import { LabError } from '../domain/errors.ts'
import type { TrainingProgress, TrainingSummary, ValidationScores } from '../domain/training.ts'
import type { TrainingPlan } from '../domain/trainingPlan.ts'
import { ratesText } from '../domain/trainingRates.ts'
import { deferred } from './deferred.ts'
import { exitCodes } from './exitCodes.ts'
import { say, writeJson } from './io.ts'
import type { Lab } from './lab.ts'
import { createProgressBar, type ProgressBar } from './progressBar.ts'
import { columns, shortNumber } from './text.ts'

/** Wait until a training is over, show how it goes, and tell what came of it. @returns the exit code */
export async function followTraining(lab: Lab, id: number, { project, json }: { project: string; json: boolean }): Promise<number> {
  const end = await untilOver(lab, id)
  if (end === 'interrupted') {
    say(lab.io, 'Pausing, with a checkpoint ...')
    await lab.host.close()
    say(lab.io, `Paused. Go on with: lab resume --project ${project}`)
    return exitCodes.interrupted
  }
  if (end.state !== 'finished') throw new LabError(end.message ?? `Training ${id} was ${end.state}.`)
  if (json) writeJson(lab.io, trainingRecord(end))
  else lab.io.out(trainingText(end))
  return exitCodes.ok
}

async function untilOver({ client, io }: Lab, id: number): Promise<TrainingSummary | 'interrupted'> {
  const bar = createProgressBar(io)
  const over = deferred<TrainingSummary | 'interrupted'>()
  let told = 0
  async function look(): Promise<void> {
    const training = (await client.call('trainings.list', {})).find((one) => one.id === id)!
    for (const { step, ...scores } of training.validations.slice(told)) {
      bar.clear()
      say(io, `${training.plan.name}, ${step} updates: ${scoresText(scores, training.plan)}.`)
    }
    told = Math.max(told, training.validations.length)
    if (training.state !== 'planned' && training.state !== 'running') over.resolve(training)
  }
  const ends = [
    client.on('changed', ({ what, ids }) => void (what === 'trainings' && ids.includes(id) && look().catch(over.reject))),
    client.on('trainingProgress', (progress) => void (progress.trainingId === id && show(bar, progress))),
  ]
  const interrupt = (): void => over.resolve('interrupted')
  io.interrupted.addEventListener('abort', interrupt)
  if (io.interrupted.aborted) interrupt()
  // It may be over already.
  look().catch(over.reject)
  try {
    return await over.promise
  } finally {
    bar.clear()
    ends.forEach((stop) => stop())
    io.interrupted.removeEventListener('abort', interrupt)
  }
}

function show(bar: ProgressBar, progress: TrainingProgress): void {
  const { trainingId, step, steps, epoch, loss, examplesPerSecond, remainingS, waitShare, frozenShare, memoryMb, phase } = progress
  const whole = (share: number): string => `${(100 * share).toFixed(0)} %`
  const frozen = frozenShare > 0 ? `, frozen stages ${whole(frozenShare)}` : ''
  const note = `${phase}, epoch ${epoch + 1}, loss ${shortNumber(loss)}, waits ${whole(waitShare)}${frozen}, ${memoryMb} MB`
  bar.show({ label: `training ${trainingId}`, done: step, total: steps, speed: examplesPerSecond, unit: 'examples', remainingS, note })
}

function scoresText({ loss, wordAccuracy, topFive, meanAuc }: ValidationScores, { kind }: Pick<TrainingPlan, 'kind'>): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
  const words = wordAccuracy === null ? [] : [`${kind === 'pictures' ? 'pictures' : 'words'} ${percent(wordAccuracy)}`, `among the best five ${percent(topFive!)}`]
  return [`loss ${shortNumber(loss)}`, ...words, ...(meanAuc === null || Number.isNaN(meanAuc) ? [] : [`mean AUC ${meanAuc.toFixed(3)}`])].join(', ')
}

function trainingRecord({ id, plan, validations, result }: TrainingSummary) {
  const { stop, steps, seconds, best, tests, folder, weightsHash, datasetHash, contentsHash, rates, notices } = result!
  return { training: id, name: plan.name, stop, steps, seconds, best, validations, tests, folder, weightsHash, datasetHash, contentsHash, rates, notices }
}

function trainingText({ plan, result }: TrainingSummary): string {
  const { stop, steps, seconds, best, tests, folder, rates = [], notices } = result!
  const rows = tests.map((one) => [one.split === 'test' ? 'test' : plan.kind === 'pictures' ? one.split : 'unseen speakers', one.snrDb === null ? (plan.kind === 'pictures' ? '' : 'clean') : `${one.snrDb} dB`, `${one.clips} ${plan.kind === 'pictures' ? 'pictures' : 'clips'}`, scoresText(one, plan)])
  return [
    `${plan.name}: ${stop} after ${steps} updates, ${Math.round(seconds)} s. Kept: the network after ${best.step}, ${scoresText(best, plan)}.\n`,
    rates.length > 1 ? `It learned with ${ratesText(rates)}.\n` : '',
    rows.length > 0 ? columns(rows) : '',
    ...notices.map((notice) => `${notice}\n`),
    `It is in ${folder}.\n`,
  ].join('')
}
