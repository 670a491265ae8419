import { expect, it } from 'vitest'
import { pictureTrainingPlanOf, type PictureTrainingForm } from '../../../src-main/domain/pictureTrainingForm.ts'
import { checkTrainingPlan } from '../../../src-main/domain/trainingPlan.ts'
import { pictureTrainingDefaults } from '../../../src-main/domain/trainingDefaults.ts'
import { FieldError } from '../../../src-main/domain/formFields.ts'

const form: PictureTrainingForm = { ...pictureTrainingDefaults, name: 'birds', title: '', pictures: '/d/birds', labels: '', from: '', cache: '', target: '', out: '/n', notes: [] }

it('makes a plan in range of the defaults, with a name and pictures', () => {
  const plan = pictureTrainingPlanOf(form)
  expect(checkTrainingPlan(plan)).toEqual(plan)
  expect(plan).toMatchObject({ kind: 'pictures', name: 'birds', title: 'birds', base: 'efficientnet-lite0', from: null, rate: 0.0005, dropout: 0.2, steps: 1000, schedule: { kind: 'cosine', steps: 1000 }, target: {} })
  expect(plan.data).toEqual({ pictures: '/d/birds', labels: null, views: 8, smallestArea: 0.3, cacheFolder: null, seed: 1 })
})

it('understands labels, views and targets as the command line writes them', () => {
  const plan = pictureTrainingPlanOf({ ...form, labels: 'owl, crow', views: '0', from: 'block5', target: 'label=0.9', cache: '/c' })
  expect(plan).toMatchObject({ from: 'block5', target: { wordAccuracy: 0.9 }, data: { labels: ['owl', 'crow'], views: null, cacheFolder: '/c' } })
})

it.each([
  [{ name: '' }, 'name', 'is missing'],
  [{ pictures: '' }, 'pictures', 'is missing'],
  [{ views: 'many' }, 'views', 'takes a whole number from 0 to 1000000, not "many"'],
  [{ 'smallest-area': '0.1,0.3' }, 'smallest-area', 'takes a number, not "0.1,0.3"'],
  [{ 'smallest-area': '0' }, 'smallest-area', 'takes a number above 0 and up to 1, not "0"'],
  [{ 'smallest-area': '2' }, 'smallest-area', 'takes a number above 0 and up to 1, not "2"'],
  [{ labels: 'owl,crow,owl' }, 'labels', 'takes labels separated by commas, each once, not "owl,crow,owl"'],
  [{ optimiser: 'lion' }, 'optimiser', 'takes adam, sgd, not "lion"'],
  [{ target: 'word=0.5' }, 'target', 'takes label=SHARE, not "word=0.5"'],
  [{ target: 'paper' }, 'target', 'takes label=SHARE, not "paper"'],
] as const)('refuses %j, naming the field', (changes, field, message) => {
  const refused = () => pictureTrainingPlanOf({ ...form, ...changes })
  expect(refused).toThrow(FieldError)
  expect(refused).toThrow(expect.objectContaining({ field, message }))
})
