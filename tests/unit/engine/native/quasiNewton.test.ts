import { beforeAll, describe, expect, it } from 'vitest'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { plainQuasiNewton, quasiNewton } from '../../../../src-main/engine/native/quasiNewton.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'

/** Pairs of a diagonal Hessian, and a gradient. */
function problem(length: number, pairs: number) {
  const random = createRandom(1, 'quasi-Newton')
  const vector = () => Float32Array.from({ length }, () => random.uniform() - 0.5)
  const steps = Array.from({ length: pairs }, vector)
  const changes = steps.map((step) => step.map((value, i) => value * (1 + (i % 7))))
  return { slope: vector(), steps, changes }
}

describe('quasiNewton', () => {
  beforeAll(async () => void (await loadBackend()))

  it('divides by the curvature along a single pair', () => {
    const step = Float32Array.of(1, 0, 0, 0, 0)
    const [x, ...others] = quasiNewton(Float32Array.of(6, 3, 0, 0, 0), [step], [step.map((value) => 3 * value)])
    expect([x, ...others]).toEqual([2, 1, 0, 0, 0])
  })

  it.each([[5, 1], [1003, 3], [40_000, 10]])('agrees with its plain twin, %i values, %i pairs', (length, pairs) => {
    const { slope, steps, changes } = problem(length, pairs)
    expect(relativeL2(quasiNewton(slope, steps, changes), plainQuasiNewton(slope, steps, changes))).toBeLessThan(1e-6)
  })

  it('gives the same bits on any number of threads', (context) => {
    const found = installedKernels()
    context.skip(found === null, 'needs the compiled kernels')
    const { slope, steps, changes } = problem(100_000, 4)
    const on = (threads: number) => found!.kernels.quasiNewton(slope, steps, changes, threads)
    expect(on(1)).toEqual(on(2))
    expect(on(3)).toEqual(on(2))
  })

  it('refuses vectors of another length, and steps without changes', (context) => {
    const found = installedKernels()
    context.skip(found === null, 'needs the compiled kernels')
    const { slope, steps, changes } = problem(10, 2)
    const { kernels } = found!
    expect(() => kernels.quasiNewton(slope, [steps[0]!, new Float32Array(9)], changes, 1)).toThrow('a step has 9 values and needs 10')
    expect(() => kernels.quasiNewton(slope, steps, [changes[0]!], 1)).toThrow('steps and changes come in pairs')
    expect(() => kernels.quasiNewton(slope, [], [], 1)).toThrow('steps and changes come in pairs')
  })
})
