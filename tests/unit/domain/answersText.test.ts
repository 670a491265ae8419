import { expect, it } from 'vitest'
import { readAnswers } from '../../../src-main/domain/answersText.ts'

const references = [{ id: 1, fileName: 'cat.png' }, { id: 2, fileName: 'dog.png' }, { id: 3, fileName: 'cat.png' }]

it('gives every reference of a name its class', () => {
  expect(readAnswers('cat.png\ttabby\r\n\ndog.png\t 207 ', 'a.tsv', references)).toEqual([
    { referenceId: 1, answer: 'tabby' }, { referenceId: 3, answer: 'tabby' }, { referenceId: 2, answer: '207' },
  ])
})

it.each([
  ['cow.png\tox', 'Line 1 of "a.tsv" names "cow.png", which is no reference of this project. The references are: cat.png, dog.png. Use one of these names.'],
  ['cat.png tabby', 'Line 1 of "a.tsv" is not a file name, a tab, and a class: "cat.png tabby".'],
  ['cat.png\ttabby\nx', 'Line 2 of "a.tsv" is not a file name'],
  [' \n', 'The file of answers "a.tsv" is empty.'],
])('refuses %j', (text, sentence) => {
  expect(() => readAnswers(text, 'a.tsv', references)).toThrow(sentence)
})
