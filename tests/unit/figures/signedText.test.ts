import { expect, it } from 'vitest'
import { signedText } from '../../../src-main/figures/signedText.ts'

it.each([[-0.25, '−0.25'], [-0.004, '0.00'], [0, '0.00'], [1.005, '1.00'], [-12, '−12.00']])('writes %f as %s', (value, text) => {
  expect(signedText(value, 2)).toBe(text)
})
