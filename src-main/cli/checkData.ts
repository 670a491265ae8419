import type { TrainingPlan } from '../domain/trainingPlan.ts'
import type { DataSurvey, SoundSurvey } from '../domain/trainingRecords.ts'
import { drawExamples, drawSurvey, type DataFigures } from './dataFigures.ts'
import { exitCodes } from './exitCodes.ts'
import { writeJson } from './io.ts'
import type { Lab } from './lab.ts'
import { createProgressBar } from './progressBar.ts'
import { surveyText } from './surveyText.ts'

/**
 * Go through every file that a training would use, print what was found, and draw it where that is asked for; nothing is trained and no project is made.
 *
 * @returns the exit code
 * @throws MediaError where a training would refuse the data, after what was found was printed and drawn
 */
export async function checkData(lab: Lab, plan: TrainingPlan, { json, figures }: { json: boolean; figures: DataFigures | null }): Promise<number> {
  const survey = await surveyOf(lab, plan)
  if (!survey) return exitCodes.interrupted
  if (json) writeJson(lab.io, plainSurvey(survey))
  else lab.io.out(surveyText(survey))
  if (figures) await drawSurvey(lab, survey, figures)
  await lab.client.call('trainings.check', { plan })
  if (figures) await drawExamples(lab, plan, figures)
  return exitCodes.ok
}

/** @returns null when it was stopped */
async function surveyOf({ client, io }: Lab, plan: TrainingPlan): Promise<DataSurvey | null> {
  const bar = createProgressBar(io)
  const startMs = io.now()
  const forget = client.on('surveyProgress', ({ done, total }) => {
    const seconds = Math.max((io.now() - startMs) / 1000, 1e-3)
    bar.show({ label: 'looking', done, total, speed: done / seconds, unit: 'files', remainingS: ((total - done) * seconds) / done, note: '' })
  })
  const stop = (): void => void client.call('trainings.stopSurvey', {})
  io.interrupted.addEventListener('abort', stop)
  try {
    return await client.call('trainings.survey', { plan })
  } finally {
    bar.clear()
    forget()
    io.interrupted.removeEventListener('abort', stop)
  }
}

/** Without typed arrays, which JSON would turn into objects. */
function plainSurvey(survey: DataSurvey): unknown {
  if (survey.kind === 'pictures') return { ...survey, pictures: { ...survey.pictures, sides: Array.from(survey.pictures.sides) } }
  const plain = (one: SoundSurvey): unknown => ({ ...one, durationsS: Array.from(one.durationsS) })
  return { ...survey, speech: plain(survey.speech), backgrounds: survey.backgrounds && plain(survey.backgrounds) }
}
