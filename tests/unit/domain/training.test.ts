import { describe, expect, it } from 'vitest'
import { checkTrainingPlan, newTrainingPlanSchema, readTrainingPlan, versionsOf } from '../../../src-main/domain/trainingPlan.ts'
import { pictureTrainingPlan, trainingPlan } from '../../helpers/trainingPlan.ts'

describe('a training plan', () => {
  it('is of words where it does not say what it is of, as plans were before there were others', () => {
    expect(checkTrainingPlan(trainingPlan())).toEqual(trainingPlan())
    expect(checkTrainingPlan({ ...trainingPlan(), kind: 'words' }).kind).toBe('words')
    expect(checkTrainingPlan(pictureTrainingPlan())).toEqual(pictureTrainingPlan())
  })

  it.each([
    ['a setting out of range', { ...trainingPlan(), rate: 0 }, /^The training has a setting out of range: rate: /],
    ['a setting of the other kind', { ...pictureTrainingPlan(), heads: ['word'] }, /Unrecognized key: "heads"/],
    ['views of more than the whole picture', pictureTrainingPlan({}, { smallestArea: 2 }), /data\.smallestArea: /],
    ['a word twice', trainingPlan({}, { words: ['one', 'two', 'one'] }), /data\.words: must name each label once/],
    ['widths of another network', { ...trainingPlan(), form: 'deepspeech' }, /cells: /],
    ['a network that there is not', { ...trainingPlan(), form: 'resnet' }, /form: /],
    ['a kind that there is not', { ...trainingPlan(), kind: 'films' }, /kind: /],
  ])('refuses %s and names it', (_, plan, message) => {
    expect(() => checkTrainingPlan(plan)).toThrow(message)
    expect(newTrainingPlanSchema.safeParse(plan).success).toBe(false)
  })

  it('that is stored may name a label twice, as it could be made before', () => {
    for (const plan of [trainingPlan({}, { words: ['one', 'two', 'one'] }), pictureTrainingPlan({}, { labels: ['owl', 'owl'] })]) {
      expect(readTrainingPlan(plan)).toEqual(plan)
      expect(() => checkTrainingPlan(plan)).toThrow('must name each label once')
    }
    expect(() => readTrainingPlan({ ...trainingPlan(), rate: 0 })).toThrow(/^The training has a setting out of range: rate: /)
  })

  it('uses mixtures of clips and views of pictures in turn', () => {
    expect([versionsOf(trainingPlan()), versionsOf(pictureTrainingPlan())]).toEqual([1, 2])
  })
})
