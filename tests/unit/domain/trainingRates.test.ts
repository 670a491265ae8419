import { expect, it } from 'vitest'
import { ratesFrom, ratesText } from '../../../src-main/domain/trainingRates.ts'

const constant = (rate: number) => ({ rate, schedule: { kind: 'constant' as const } })

it('goes on with one rate as if it had not stopped, and remembers from when on another was used', () => {
  const first = ratesFrom([], 0, constant(0.01))
  expect(ratesFrom(first, 120, constant(0.01))).toEqual(first)
  const second = ratesFrom(first, 120, constant(0.001))
  expect(second).toEqual([{ from: 0, ...constant(0.01) }, { from: 120, ...constant(0.001) }])
  expect(ratesText(first)).toBe('rate 0.01 (constant)')
  expect(ratesText(second)).toBe('rate 0.01 (constant) up to update 120, 0.001 (constant) from then on')
})

it('forgets a rate with which no update was made', () => {
  const tried = ratesFrom(ratesFrom([], 0, constant(1)), 120, constant(0.1))
  expect(ratesFrom(tried, 120, constant(0.01)).map(({ rate }) => rate)).toEqual([1, 0.01])
  expect(ratesFrom(tried, 120, constant(1)).map(({ rate }) => rate)).toEqual([1])
})

it('counts another schedule as another rate, and says both', () => {
  const rates = ratesFrom(ratesFrom([], 0, { rate: 1, schedule: { kind: 'cosine', steps: 100 } }), 100, { rate: 1, schedule: { kind: 'step', every: 50, factor: 0.1 } })
  expect(ratesText(rates)).toBe('rate 1 (half a cosine, to 0 at update 100) up to update 100, 1 (times 0.1 every 50 updates) from then on')
})
