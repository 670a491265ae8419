import { describe, expect, it } from 'vitest'
import { normalisationPresets } from '../../../../../src-main/domain/normalisationPresets.ts'
import { presetOf, rangeOf } from '../../../../../src-renderer/stores/prepare/normalisations.ts'

const value = (name: string) => normalisationPresets.find((p) => p.name === name)!.value

describe('presetOf', () => {
  it.each(normalisationPresets.map((p) => [p.name, p.value] as const))('knows "%s" by its numbers', (name, numbers) => {
    expect(presetOf(numbers)).toBe(name)
  })

  it('takes one divisor for all channels and the same three for equal', () => {
    expect(presetOf({ multiply: 2, subtract: [1, 1, 1], divide: [1, 1, 1], order: 'rgb' })).toBe('minus-one-to-one')
  })

  it('calls none "0 to 1", and other numbers or another order custom', () => {
    expect(presetOf(null)).toBe('zero-to-one')
    expect(presetOf({ ...value('minus-one-to-one'), order: 'bgr' })).toBe('custom')
    expect(presetOf({ ...value('imagenet'), subtract: [0.5, 0.456, 0.406] })).toBe('custom')
  })
})

describe('rangeOf', () => {
  it('gives what black and white become', () => {
    expect(rangeOf(value('minus-one-to-one'))).toEqual([[-1, 1], [-1, 1], [-1, 1]])
    // EfficientNet-Lite: (0 - 127) / 128 and (255 - 127) / 128.
    expect(rangeOf(value('efficientnet'))[0]).toEqual([-0.9921875, 1])
  })

  it('gives the channels in the order that the network gets them', () => {
    expect(rangeOf(value('bgr-means')).map(([low]) => low)).toEqual([-103.939, -116.779, -123.68])
  })
})
