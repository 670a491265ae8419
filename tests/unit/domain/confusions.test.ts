import { expect, it } from 'vitest'
import { confusionCells } from '../../../src-main/domain/confusions.ts'

const answer = (right: number, said: number) => ({ file: 'a.wav', right, said, probability: 1 })

it('counts what each word was taken for, as a share of its own clips', () => {
  expect(confusionCells([answer(1, 1), answer(0, 1), answer(0, 0), answer(0, 1), answer(0, 1)])).toEqual([
    { right: 0, said: 0, count: 1, share: 0.25 },
    { right: 0, said: 1, count: 3, share: 0.75 },
    { right: 1, said: 1, count: 1, share: 1 },
  ])
})
