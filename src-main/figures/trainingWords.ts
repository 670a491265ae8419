import { wordCnnForms, type HearingForm } from '../domain/hearingNetworks.ts'
import { counted } from './caption.ts'
import type { DrawnTraining } from './plannedFigure.ts'

/** A training in a caption: what it learns, how far it has come, and by which settings. */
export function trainingWords({ plan, stepsDone }: Pick<DrawnTraining, 'plan' | 'stepsDone'>): string {
  const learns = plan.kind === 'pictures' ? `pictures, from ${plan.base}` : `${plan.heads.join(' and ')}, ${networkWords(plan.form)}`
  return `"${plan.name}" (${learns}; ${stepsDone.toLocaleString('en-GB')} of ${counted(plan.steps, 'update')} of ${plan.batchSize * plan.accumulate} examples, seed ${plan.seed})`
}

/** The names of the word network's forms do not say what they are forms of. */
function networkWords(form: HearingForm): string {
  return wordCnnForms.some((one) => one === form) ? `word CNN, ${form}` : form
}

/** What every caption of trainings states: how many, which, and made by what. */
export function trainingCircumstances(trainings: readonly Pick<DrawnTraining, 'plan' | 'stepsDone'>[], programVersion: string): string {
  return `n = ${counted(trainings.length, 'training')}: ${trainings.map(trainingWords).join('; ')}. Metamer Lab ${programVersion}.`
}
