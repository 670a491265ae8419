import { expect, it } from 'vitest'
import { chosenNull } from '../../../src-main/cli/chosenNull.ts'
import { nulls } from '../../helpers/fakeLab/data.ts'

const [stem] = nulls
const word = nulls.find(({ network }) => network === 'word-cnn-aliased')!
const others = [{ ...stem!, id: 500, networkHash: 'later' }, { ...stem!, id: 501, network: 'another' }]

it('takes the only one of a layer, and of several weights the latest', () => {
  expect(chosenNull(nulls, 'stem', undefined)).toBe(stem)
  expect(chosenNull([...nulls, ...others], 'stem', stem!.network).networkHash).toBe('later')
})

it('says which there are where none or several fit', () => {
  expect(() => chosenNull([...nulls, ...others], 'stem', undefined)).toThrow('Several networks have a null distribution at "stem": efficientnet-lite0, another. Say which with --network.')
  expect(() => chosenNull([stem!, word], 'conv_9', undefined)).toThrow('There is no null distribution at "conv_9" in this project. There are: efficientnet-lite0 at stem; word-cnn-aliased at cochleagram.')
  expect(() => chosenNull([], 'stem', 'toy')).toThrow('There is no null distribution of "toy" at "stem" in this project. "lab null" makes them.')
})
