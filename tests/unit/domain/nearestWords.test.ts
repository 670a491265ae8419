import { expect, it } from 'vitest'
import { nearestWords } from '../../../src-main/domain/nearestWords.ts'

const words = ['tabby', 'tiger cat', 'tiger', 'golden retriever', 'Labrador retriever', 'airliner', 'table']

it.each([
  ['tabbby', ['tabby']],
  ['golden_retreiver', ['golden retriever']],
  ['retriever', ['golden retriever', 'Labrador retriever']],
  ['Tigre', ['tiger']],
  ['mauve', []],
])('finds what may have been meant by "%s"', (word, expected) => {
  expect(nearestWords(word, words)).toEqual(expected)
})

it('names no more than are asked for, each once', () => {
  expect(nearestWords('cat', ['cats', 'cats', 'bat', 'hat', 'car'], 2)).toEqual(['bat', 'car'])
})
