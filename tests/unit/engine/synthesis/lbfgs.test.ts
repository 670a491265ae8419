import { describe, expect, it } from 'vitest'
import { createLbfgs, type LbfgsSettings } from '../../../../src-main/engine/synthesis/lbfgs.ts'

type Problem = (x: Float32Array) => { loss: number; gradient: Float32Array }

/** Ten coordinates of very unequal curvature, lowest at 0.3 each. */
const bowl: Problem = (x) => ({
  loss: Math.fround(x.reduce((sum, value, i) => sum + 0.5 * 2 ** i * (value - 0.3) ** 2, 0)),
  gradient: x.map((value, i) => 2 ** i * (value - 0.3)),
})

/** Rosenbrock's valley, lowest at (1, 1). */
const valley: Problem = ([a, b]) => ({
  loss: Math.fround((1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2),
  gradient: Float32Array.of(-2 * (1 - a!) - 400 * a! * (b! - a! * a!), 200 * (b! - a! * a!)),
})

function minimise(problem: Problem, settings: LbfgsSettings, evaluations: number) {
  const lbfgs = createLbfgs(settings)
  const losses = Array.from({ length: evaluations }, () => {
    const { loss, gradient } = problem(lbfgs.trial)
    return lbfgs.apply(loss, gradient)
  })
  return { lbfgs, losses }
}

const free = { bounds: null, firstStep: 0.01 }

describe('createLbfgs', () => {
  it('finds the lowest point of a bowl whose curvatures differ 512 times', () => {
    const { lbfgs, losses } = minimise(bowl, { ...free, initial: new Float32Array(10) }, 60)
    for (const value of lbfgs.signal) expect(value).toBeCloseTo(0.3, 4)
    // scipy 1.17's L-BFGS-B is below 1e-8 at its 54th evaluation.
    expect(losses[57]).toBeLessThan(1e-8)
  })

  it('follows a curved valley to its end', () => {
    const { lbfgs } = minimise(valley, { ...free, initial: Float32Array.of(-1.2, 1) }, 80)
    expect(lbfgs.signal[0]).toBeCloseTo(1, 2)
    expect(lbfgs.signal[1]).toBeCloseTo(1, 2)
  })

  it('takes a first step of the size asked for, against the gradient', () => {
    const { lbfgs } = minimise(bowl, { ...free, initial: new Float32Array(10) }, 1)
    const rms = Math.sqrt(lbfgs.trial.reduce((sum, value) => sum + value * value, 0) / 10)
    expect(rms).toBeCloseTo(0.01, 6)
    expect(lbfgs.trial.every((value) => value > 0)).toBe(true)
  })

  it('keeps within its bounds and finds the lowest point there', () => {
    const { lbfgs, losses } = minimise(bowl, { bounds: [0.5, 1], firstStep: 0.01, initial: new Float32Array(10).fill(0.9) }, 60)
    for (const value of lbfgs.signal) expect(value).toBe(0.5)
    expect(losses.at(-1)).toBe(bowl(new Float32Array(10).fill(0.5)).loss)
  })

  it('never gives back a signal whose loss is above an earlier one, however far a trial went', () => {
    const { losses } = minimise(valley, { ...free, firstStep: 5, initial: Float32Array.of(-1.2, 1) }, 60)
    losses.forEach((loss, i) => expect(loss).toBeLessThanOrEqual(losses[Math.max(i - 1, 0)]!))
    expect(losses.at(-1)).toBeLessThan(losses[0]!)
  })

  it.each([0, 1, 2, 7, 25])('goes on after %i evaluations bit for bit as if it had not stopped', (done) => {
    const settings = { ...free, firstStep: 1, initial: Float32Array.of(-1.2, 1) }
    const whole = minimise(valley, settings, 40)
    const { lbfgs } = minimise(valley, settings, done)
    const rest = minimise(valley, { ...settings, initial: lbfgs.signal, state: lbfgs.state() }, 40 - done)
    expect(rest.lbfgs.signal).toEqual(whole.lbfgs.signal)
    expect(rest.lbfgs.state()).toEqual(whole.lbfgs.state())
  })

  it('stays where it is when nothing can get better', () => {
    const flat: Problem = (x) => ({ loss: 1, gradient: new Float32Array(x.length) })
    const { lbfgs } = minimise(flat, { ...free, initial: Float32Array.of(1, 2) }, 20)
    expect(lbfgs.signal).toEqual(Float32Array.of(1, 2))
    expect(lbfgs.trial.every(Number.isFinite)).toBe(true)
  })
})
