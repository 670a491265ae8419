import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { NumericalError } from '../../../src-main/domain/errors.ts'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'
import type { Model } from '../../../src-main/engine/models/model.ts'
import { createSynthesis, type Synthesis } from '../../../src-main/engine/synthesis/synthesiseMetamer.ts'
import { createRandom } from '../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../src-main/worker/loadBackend.ts'
import { createSharedSteps } from '../../../src-main/worker/sharedSteps.ts'
import { toyModel } from '../../helpers/toyModel.ts'

beforeAll(async () => void (await loadBackend()))

const open: Synthesis[] = []
afterEach(() => open.splice(0).forEach((synthesis) => synthesis.dispose()))

/** The toy network, which notes the batch of every evaluation. */
function counted(): { model: Model; batches: number[] } {
  const model = toyModel()
  const batches: number[] = []
  return { batches, model: { ...model, run: (x, ...rest) => (batches.push(x.shape[0]!), model.run(x, ...rest)) } }
}

function synthesisOf(model: Model, seed: number, layer = 'rectified', poison = false): Synthesis {
  const reference = Float32Array.from({ length: 48 }, createRandom(seed).uniform)
  if (poison) reference[0] = Number.NaN
  const made = createSynthesis({ model, layer, protocol: protocolFrom('quick look'), reference, seed, resumeFrom: null })
  open.push(made)
  return made
}

/** As a run does: a turn for messages, then a step. */
async function steps(shared: ReturnType<typeof createSharedSteps>, synthesis: Synthesis, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await setImmediate()
    await shared.step(synthesis)
  }
}

describe('createSharedSteps', () => {
  it('evaluates a network once for all that ask in the same turn', async () => {
    const { model, batches } = counted()
    const syntheses = [1, 2, 3].map((seed) => synthesisOf(model, seed))
    batches.length = 0
    const shared = createSharedSteps()
    await Promise.all(syntheses.map((synthesis) => steps(shared, synthesis, 4)))
    expect(batches).toEqual([3, 3, 3, 3])
    expect(syntheses.map(({ update }) => update)).toEqual([4, 4, 4])
    expect(shared.atWork).toBe(3)
  })

  it('goes on with those that are left when one has ended, and never makes a single one wait', async () => {
    const { model, batches } = counted()
    const [short, long] = [synthesisOf(model, 1), synthesisOf(model, 2)]
    batches.length = 0
    const shared = createSharedSteps()
    await Promise.all([steps(shared, short, 1), steps(shared, long, 3)])
    expect(batches).toEqual([2, 1, 1])
  })

  it('takes up one that comes later within an update or two, whichever turn it comes in', async () => {
    for (const turns of [1, 2, 3, 4]) {
      const { model, batches } = counted()
      const [first, later] = [synthesisOf(model, 1), synthesisOf(model, 2)]
      batches.length = 0
      const shared = createSharedSteps()
      const working = steps(shared, first, 8)
      for (let i = 0; i < turns; i++) await setImmediate()
      await Promise.all([working, steps(shared, later, 4)])
      expect(batches.filter((batch) => batch === 2).length, `after ${turns} turns`).toBeGreaterThanOrEqual(3)
    }
  })

  it('keeps apart what asks different things of a network', async () => {
    const { model, batches } = counted()
    const syntheses = [synthesisOf(model, 1), synthesisOf(model, 2, 'logits'), synthesisOf(model, 3)]
    batches.length = 0
    const shared = createSharedSteps()
    await Promise.all(syntheses.map((synthesis) => shared.step(synthesis)))
    expect(batches).toEqual([2, 1])
  })

  it('refuses one whose loss is not finite, and gives the others theirs', async () => {
    const { model } = counted()
    const shared = createSharedSteps()
    const [good, bad] = await Promise.allSettled([shared.step(synthesisOf(model, 1)), shared.step(synthesisOf(model, 2, 'rectified', true))])
    expect(good).toMatchObject({ status: 'fulfilled', value: expect.any(Number) })
    expect((bad as PromiseRejectedResult).reason).toBeInstanceOf(NumericalError)
  })
})
