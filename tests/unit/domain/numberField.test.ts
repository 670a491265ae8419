import { describe, expect, it } from 'vitest'
import { fieldProblem, readNumber, settingFields, triesField } from '../../../src-main/domain/numberField.ts'

const { updates, learningRate, decayPer1000 } = settingFields

describe('readNumber', () => {
  it.each([
    ['500', updates, 500],
    [' 1000000 ', updates, 1_000_000],
    ['1e-3', learningRate, 0.001],
    ['1', decayPer1000, 1],
    ['2', triesField, 2],
  ])('reads "%s"', (text, field, value) => {
    expect(readNumber(text, field)).toBe(value)
  })

  it.each([
    ['abc', updates, 'A whole number from 1 to 1,000,000, written as in 500; not "abc".'],
    ['', updates, 'A whole number from 1 to 1,000,000, written as in 500.'],
    ['0', updates, 'A whole number from 1 to 1,000,000, written as in 500; not "0".'],
    ['1.5', updates, 'A whole number from 1 to 1,000,000, written as in 500; not "1.5".'],
    ['1,000', updates, 'A whole number from 1 to 1,000,000, written as in 500; not "1,000" (without commas: 1000).'],
    ['0,01', learningRate, 'A number above 0, up to 10, written as in 0.001; not "0,01" (with a point: 0.01).'],
    ['-1', learningRate, 'A number above 0, up to 10, written as in 0.001; not "-1".'],
    ['1e9', learningRate, 'A number above 0, up to 10, written as in 0.001; not "1e9".'],
    ['1000', triesField, 'A whole number from 2 to 100, written as in 3; not "1000".'],
  ])('says what is expected instead of "%s"', (text, field, sentence) => {
    expect(readNumber(text, field)).toBe(sentence)
  })
})

it('says the same as part of another sentence, and nothing of a number that is allowed', () => {
  expect(fieldProblem('50', learningRate)).toBe('a number above 0, up to 10, written as in 0.001; not "50"')
  expect(fieldProblem('0.01', learningRate)).toBeNull()
})
