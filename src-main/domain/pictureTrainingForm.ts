import { FieldError, labelsIn, numberOf, required, versionsIn } from './formFields.ts'
import type { PictureTrainingPlan } from './trainingPlan.ts'
import { pictureTrainingDefaults } from './trainingDefaults.ts'
import { commonDataOf, commonSettingsOf, readForm, targetOf, type CommonTrainingField, type ReadForm, type TrainingForm } from './trainingForm.ts'

export type PictureTrainingField = CommonTrainingField | 'pictures' | 'labels' | 'network' | 'from' | 'views' | 'smallest-area'
export type PictureTrainingForm = TrainingForm<PictureTrainingField>

/**
 * The plan of a fine-tuning on pictures that the texts mean. Paths are taken as they are.
 *
 * @throws FieldError of the first field that cannot be understood
 */
export function pictureTrainingPlanOf(form: PictureTrainingForm): PictureTrainingPlan {
  return {
    kind: 'pictures',
    ...commonSettingsOf(form),
    base: required(form, 'network'),
    from: form.from || null,
    data: {
      pictures: required(form, 'pictures'),
      labels: labelsIn(form, 'labels'),
      views: versionsIn(form, 'views'),
      smallestArea: smallestAreaOf(form),
      ...commonDataOf(form),
    },
    target: targetOf(form, { label: 'wordAccuracy' }, 'label=SHARE'),
  }
}

/** The same, or every field that cannot be understood. */
export function readPictureTraining(form: PictureTrainingForm): ReadForm<PictureTrainingPlan> {
  return readForm(form, pictureTrainingPlanOf, { pictures: 'pictures', ...pictureTrainingDefaults })
}

function smallestAreaOf(form: PictureTrainingForm): number {
  const share = numberOf(form, 'smallest-area')
  if (share > 0 && share <= 1) return share
  throw new FieldError('smallest-area', `takes a number above 0 and up to 1, not "${form['smallest-area']}"`)
}
