import { expect, it } from 'vitest'
import { rateCurve, rateParts, ratesFrom, ratesText } from '../../../src-main/domain/trainingRates.ts'

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

it('gives the rate over updates, with both sides of each jump', () => {
  const halved = { rate: 1, schedule: { kind: 'step' as const, every: 400, factor: 0.5 } }
  const curve = rateCurve(ratesFrom(ratesFrom([], 0, constant(8)), 150, halved), [0, 1000], 10)
  expect(curve.filter(({ update }) => [0, 149, 150, 399, 400, 799, 800, 999].includes(update)).map(({ rate }) => rate)).toEqual([8, 8, 1, 1, 0.5, 0.5, 0.25, 0.25])
  expect(curve.map(({ update }) => update)).toEqual(curve.map(({ update }) => update).toSorted((a, b) => a - b))
  expect(curve.length).toBeLessThan(30)
  // Where it changes at every update, no jump is told apart.
  expect(rateCurve([{ from: 0, rate: 1, schedule: { kind: 'step', every: 1, factor: 0.99 } }], [0, 100_000], 200).length).toBeLessThanOrEqual(202)
  expect(rateCurve([{ from: 0, ...constant(1) }], [5, 5], 10)).toEqual([])
  // Checkpoints of versions that could not change the rate tell none of the updates before them.
  expect(rateCurve([{ from: 2, ...constant(1) }], [0, 4], 10)).toEqual([{ update: 2, rate: 1 }, { update: 3, rate: 1 }])
})

it('tells what was used from what lies ahead by the plan', () => {
  const plan = { ...constant(0.001), steps: 6 }
  const rates = [{ from: 0, ...constant(0.01) }, { from: 2, ...constant(0.001) }]
  const updatesOf = ({ used, ahead }: ReturnType<typeof rateParts>) => [used, ahead].map((part) => part.map(({ update, rate }) => [update, rate]))
  expect(updatesOf(rateParts(plan, rates, 4, 100))).toEqual([[[0, 0.01], [1, 0.01], [2, 0.001], [3, 0.001]], [[4, 0.001], [5, 0.001]]])
  expect(updatesOf(rateParts(plan, undefined, 0, 100))).toEqual([[], [0, 1, 2, 3, 4, 5].map((update) => [update, 0.001])])
})
