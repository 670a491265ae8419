import { expect, it } from 'vitest'
import { EngineError } from '../../../../src-main/domain/errors.ts'
import { startingWeights } from '../../../../src-main/engine/training/startingWeights.ts'
import { variableMaker } from '../../../../src-main/engine/training/variableMaker.ts'

it('names the weight that there is no memory for', () => {
  const make = variableMaker(startingWeights(1))
  expect(() => make('lstm.kernel', [2_000_000, 4_000_000])).toThrow(
    new EngineError('"lstm.kernel" would have 2000000 × 4000000 values, 32000 GB: more than there is memory for. Make the network narrower.'),
  )
})

it('leaves other failures as they are', () => {
  const make = variableMaker(() => {
    throw new Error('no such weight')
  })
  expect(() => make('a', [1])).toThrow('no such weight')
})
