import { describe, expect, it, vi } from 'vitest'
import { SetupProblem } from '../../../../scripts/setup/problems.mjs'
import { runSteps } from '../../../../scripts/setup/runSteps.mjs'
import { steps } from '../../../../scripts/setup/steps.mjs'
import { setupContext } from '../../../helpers/setupContext.ts'

const failing = (extra = {}) => ({
  name: 'thing',
  ready: () => false,
  install: vi.fn(async () => {
    throw new SetupProblem('The thing is missing. Cure: get it.')
  }),
  ...extra,
})
const after = (extra = {}) => ({ name: 'next', ready: () => false, install: vi.fn(async () => {}), ...extra })

describe('runSteps', () => {
  it('says what is missing and goes on with the next step', async () => {
    const { context, said } = setupContext()
    const next = after()
    expect(await runSteps([failing(), next], context)).toBe(true)
    expect(said).toEqual(['The thing is missing. Cure: get it.'])
    expect(next.install).toHaveBeenCalledOnce()
  })

  it('stops when something required is missing', async () => {
    const { context } = setupContext()
    const next = after()
    expect(await runSteps([failing({ required: true }), next], context)).toBe(false)
    expect(next.install).not.toHaveBeenCalled()
  })

  it('leaves out what needs a missing thing', async () => {
    const { context } = setupContext()
    const next = after({ needs: ['thing'] })
    await runSteps([failing(), next], context)
    expect(next.install).not.toHaveBeenCalled()
  })

  it('remembers a failure for its time, says when it was, and tries again when told to', async () => {
    const { context, said } = setupContext()
    const step = failing({ retryAfterHours: 24 })
    await runSteps([step], context)
    const later = { ...context, now: () => context.now() + 3 * 3_600_000 }
    await runSteps([step], later)
    expect(step.install).toHaveBeenCalledOnce()
    expect(said[1]).toBe('The thing is missing. Cure: get it. (Tried 3 h ago; "npm run setup" tries again.)')
    await runSteps([step], later, { retry: true })
    await runSteps([step], { ...context, now: () => context.now() + 28 * 3_600_000 })
    expect(step.install).toHaveBeenCalledTimes(3)
  })

  it('says a full disk in a sentence', async () => {
    const { context, said } = setupContext()
    const step = after({
      install: async () => {
        throw Object.assign(new Error('write'), { code: 'ENOSPC' })
      },
    })
    await runSteps([step], context)
    expect(said).toEqual(['next: the disk is full. Make room and start again.'])
  })

  it('names the cure for a missing compiler, and goes on without fetching or building in vain', async () => {
    const { context, said, calls } = setupContext(undefined, ['python3'])
    const native = steps.filter((step) => /compiler|TensorFlow/.test(step.name))
    expect(await runSteps(native, context)).toBe(true)
    expect(calls).toEqual([])
    expect(said[0]).toMatch(/^There is no C\+\+ compiler.*slow WebAssembly engine\. Cure: install g\+\+ \(Debian: apt-get install g\+\+\)/)
  })
})
