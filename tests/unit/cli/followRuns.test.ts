import { expect, it } from 'vitest'
import { followRuns } from '../../../src-main/cli/followRuns.ts'
import type { Lab } from '../../../src-main/cli/lab.ts'
import type { RunState, SynthesisProgress } from '../../../src-main/domain/run.ts'
import { fakeIo } from '../../helpers/fakeIo.ts'

/** A program whose runs are in the states that the test sets. */
function follow(ids: number[]) {
  const states = new Map<number, RunState>(ids.map((id) => [id, 'running']))
  const listeners = new Map<string, (told: unknown) => void>()
  const io = fakeIo({ errIsTerminal: true, columns: () => 200 })
  const client = {
    call: async (_: string, { id }: { id: number }) => ({ id, state: states.get(id)! }),
    on: (event: string, listener: (told: unknown) => void) => (listeners.set(event, listener), () => listeners.delete(event)),
  }
  const over: number[] = []
  const outcome = followRuns({ client, io } as unknown as Lab, ids, ({ id }) => over.push(id))
  const progress = (runId: number, changes: Partial<SynthesisProgress>) =>
    listeners.get('progress')!({ runId, update: 10, updates: 100, loss: 1, firstLoss: 9, updatesPerSecond: 2, remainingS: 45, preview: null, ...changes })
  const end = async (id: number): Promise<void> => {
    states.set(id, 'finished')
    listeners.get('changed')!({ what: 'runs', ids: [id] })
    await new Promise((resolve) => setImmediate(resolve))
  }
  const lastLine = (): string => io.written.err.split('\r').at(-1)!
  return { outcome, over, progress, end, lastLine }
}

it('shows runs that are made together on one bar, which counts the updates of all', async () => {
  const { outcome, over, progress, end, lastLine } = follow([4, 5, 6])
  progress(5, { loss: 3 })
  expect(lastLine()).toContain('run 5 (2 of 3)  10/100  2.0 it/s  0:45 left  loss 3')
  progress(4, { update: 20, remainingS: 30 })
  expect(lastLine()).toContain('runs 4, 5 (of 3)  30/200  4.0 it/s  0:45 left  highest loss 3')
  await end(5)
  progress(4, { update: 21, remainingS: 30 })
  expect(lastLine()).toContain('run 4 (1 of 3)  21/100  2.0 it/s  0:30 left  loss 1')
  await end(4)
  await end(6)
  expect(await outcome).toBe('over')
  expect(over).toEqual([5, 4, 6])
})
