import { describe, expect, it } from 'vitest'
import { labelsProblem } from '../../../../../src-renderer/stores/prepare/labelList.ts'

describe('labelsProblem', () => {
  it('is silent when labels and offset make up the outputs', () => {
    expect(labelsProblem(1000, 0, 1000)).toBeNull()
    expect(labelsProblem(1000, 1, 1001)).toBeNull()
  })

  it('thinks of a background class where one output is too many', () => {
    expect(labelsProblem(1000, 0, 1001)).toBe('The list gives 1,000 labels, but the network has 1,001 outputs. If the first output is a "background" class, set the offset to 1.')
    expect(labelsProblem(50, 1, 1000)).toBe('The list gives 50 labels after 1 output without one, but the network has 1,000 outputs.')
  })
})
