import { expect, it } from 'vitest'
import { planRetries, retriable } from '../../../src-main/jobs/planRetries.ts'
import { finished, run } from '../../helpers/fakeLab/data.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'
import { verdict } from '../../helpers/sampleRuns.ts'

const excluded = finished(1, 'excluded', { seed: 4 })
const failed = run(2, { state: 'failed' })
const runs = [excluded, failed, finished(3, 'included'), finished(4, 'excluded'), finished(5, 'excluded', { retryOf: 4, seed: 2 }), run(6, { state: 'running' })]
const plan = (runIds: number[], changes = {}, tries = 3) => planRetries({ runIds, changes, tries }, runs)

it('repeats a failed metamer with a seed that was not used for it, and links it to the run before', () => {
  expect(plan([1, 5, 1])).toEqual([
    { plan: { network: 'efficientnet-lite0', layers: ['block1'], referenceIds: [1], protocol: excluded.protocol, seed: 5 }, retryOf: 1 },
    { plan: expect.objectContaining({ seed: 3 }), retryOf: 5 },
  ])
})

it('changes updates and rate, and the protocol\'s name with them', () => {
  expect(() => plan([1], { learningRate: 50 })).toThrow('learningRate: a number above 0, up to 10, written as in 0.001; not "50"')
  const { protocol } = plan([1], { updates: 900, learningRate: 0.01 })[0]!.plan
  expect(protocol).toEqual({ ...excluded.protocol, updates: 900, learningRate: 0.01, name: 'quick look, 900 updates, learningRate 0.01' })
  const again = planRetries({ runIds: [1], changes: { updates: 1800 }, tries: 3 }, [{ ...excluded, protocol }])[0]!.plan
  expect(again.protocol.name).toBe('quick look, 1800 updates, learningRate 0.01')
})

it('refuses what did not fail, was tried again already, or was tried often enough', () => {
  expect(() => plan([3])).toThrow('Run 3 is included; only failed runs and excluded metamers are tried again.')
  expect(() => plan([6])).toThrow('Run 6 is running; only failed')
  expect(() => plan([4])).toThrow('Run 4 was tried again as run 5. Try that one again instead.')
  expect(() => plan([5], {}, 2)).toThrow('Run 5 is try 2 of at most 2 (run 4, run 5). Allow more tries, or change the protocol.')
  expect(() => plan([99])).toThrow('There is no run 99 in this project.')
})

it('lists the last try of each failed metamer, unless it was tried often enough', () => {
  expect(retriable(runs, 3).map(({ id }) => id)).toEqual([1, 2, 5])
  expect(retriable(runs, 2).map(({ id }) => id)).toEqual([1, 2])
})

it('is queued and recorded with its link', async () => {
  const { queue, project, fake } = queueOver()
  const usual = fake.answers.synthesise!
  fake.answers.synthesise = async (params, life) => {
    const result = await usual(params, life)
    return result && { ...result, verdict: verdict({ outcome: params.seed === 1 ? 'excluded' : 'included', reason: 'said so' }) }
  }
  const [first] = await queue.plan(planFor(project))
  await queue.idle()
  const [second] = await queue.retry({ runIds: [first!], changes: {}, tries: 3 })
  await queue.idle()
  expect(project.runs.list().map(({ id, seed, retryOf, verdict }) => [id, seed, retryOf, verdict!.outcome])).toEqual([[first, 1, null, 'excluded'], [second, 2, first, 'included']])
  await expect(queue.retry({ runIds: [second!], changes: {}, tries: 3 })).rejects.toThrow(`Run ${second} is included`)
})
