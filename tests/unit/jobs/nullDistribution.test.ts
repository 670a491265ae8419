import { expect, it } from 'vitest'
import { MediaError } from '../../../src-main/domain/errors.ts'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'
import type { NullSummary } from '../../../src-main/domain/nullDistribution.ts'
import { at, environment, nullResult, pictureResult, toyPicture, verdict } from '../../helpers/sampleRuns.ts'

const plan = { network: 'toy-picture', poolFolder: '/stimuli/pool', pairs: 3, seed: 7, mode: 'pool' as const, augmentation: 'none' as const, memoryBytes: 2 ** 30 }

function resultOf(changes: Partial<NullSummary>, maximum: number) {
  return { layers: nullResult(maximum).layers.map((layer) => ({ ...layer, summary: { ...layer.summary, ...changes } })) }
}

it('stores the null of every layer, and decides the finished runs of that network again', async () => {
  const { project, queue, nullProgress } = queueOver()
  await queue.plan(planFor(project, ['stem', 'logits']))
  await queue.idle()
  expect(project.runs.list().map((run) => run.verdict!.outcome)).toEqual(['undecided', 'undecided'])
  const jobId = await queue.startNull(plan)
  await queue.idle()
  expect(project.nulls.find('toy-picture', 'toy-weights-1', 'stem')).toMatchObject(nullResult(0.5).layers[0]!.summary)
  // The toy's ρ is 0.875 at "stem" and -0.5 at "logits"; the null's maximum is 0.5.
  expect(project.runs.list().map((run) => run.verdict!.outcome)).toEqual(['included', 'excluded'])
  expect(project.runs.verdicts(1)).toEqual([
    { ...verdict(), decidedAt: at },
    expect.objectContaining({ outcome: 'included', null: { pairs: 3, maximum: 0.5 } }),
  ])
  expect(nullProgress.map(({ done, state }) => [done, state])).toEqual([
    [1, 'running'],
    [2, 'running'],
    [3, 'running'],
    [3, 'finished'],
  ])
  expect(queue.nullJobs()).toEqual([expect.objectContaining({ jobId, state: 'finished', total: 3, message: null })])
})

it('hands the pool over under its folder\'s name', async () => {
  const { queue, fake } = queueOver()
  await queue.startNull(plan)
  await queue.idle()
  const { params } = fake.received.find(({ name }) => name === 'nullDistribution')!
  expect(params).toMatchObject({ poolName: 'pool', pool: [{ fileName: 'one.png' }], pairs: 3, seed: 7 })
})

it('judges a later run against the stored null', async () => {
  const { project, queue, fake } = queueOver()
  await queue.startNull(plan)
  await queue.plan(planFor(project))
  await queue.idle()
  const { params } = fake.received.find(({ name }) => name === 'synthesise')!
  expect(params).toMatchObject({ null: { pairs: 3, maximum: 0.5 } })
})

it('keeps a smaller null that comes later beside the one that judges, says so, and records no verdict twice', async () => {
  const { project, queue, fake } = queueOver()
  await queue.plan(planFor(project))
  await queue.startNull(plan)
  await queue.idle()
  fake.answers.nullDistribution = () => resultOf({ pairs: 2, pool: { name: 'elsewhere', stimuli: 2, hash: 'other' } }, 0.99)
  await queue.startNull(plan)
  await queue.idle()
  expect(project.runs.verdicts(1).map(({ outcome }) => outcome)).toEqual(['undecided', 'included'])
  expect(queue.nullJobs().map(({ state, message }) => [state, message])).toEqual([
    ['finished', null],
    [
      'finished',
      'Stored, but it does not judge: of several null distributions of a layer the one with most pairs does, here null distribution 1 (3 pairs of "pool", seed 7) and not this one (2 pairs of "elsewhere", seed 7). To have this one judge, remove number 1.',
    ],
  ])
})

it('removes a null, decides its runs by the next largest or by none, and keeps the earlier verdicts', async () => {
  const { project, queue, fake } = queueOver()
  await queue.plan(planFor(project))
  await queue.startNull(plan)
  await queue.idle()
  fake.answers.nullDistribution = () => resultOf({ pairs: 2, pool: { name: 'elsewhere', stimuli: 2, hash: 'other' } }, 0.99)
  await queue.startNull(plan)
  await queue.idle()
  await queue.removeNull(1)
  expect(project.nulls.list().map(({ id, pairs }) => [id, pairs])).toEqual([[3, 2], [4, 2]])
  await queue.removeNull(4)
  expect(project.nulls.list()).toEqual([])
  expect(project.runs.verdicts(1).map(({ aboveNull, null: against }) => [aboveNull, against?.pairs])).toEqual([['no null yet', undefined], ['yes', 3], ['no', 2], ['no', undefined]])
  expect(fake.received.filter(({ name }) => name === 'judge').at(-1)!.params).toMatchObject({ null: null })
  await expect(queue.removeNull(4)).rejects.toThrow('There is no null distribution 4 in this project')
})

it('removes no null while one of its network is being made', async () => {
  const { queue, fake } = queueOver()
  await queue.startNull(plan)
  await queue.idle()
  const there = fake.holdAt(1_000_000_002, 1)
  const atWork = await queue.startNull(plan)
  await there
  await expect(queue.removeNull(1)).rejects.toThrow('A null distribution of "toy-picture" is being made, which may add to this one. Cancel it, or wait for its end, before you remove one.')
  queue.cancelNull(atWork)
  await queue.idle()
})

it('forgets a job that is over once it is dismissed, and never gives its number again', async () => {
  const { queue, fake } = queueOver()
  const { nullDistribution } = fake.answers
  fake.answers.nullDistribution = () => {
    throw new MediaError('No picture.')
  }
  const failed = await queue.startNull(plan)
  await queue.idle()
  fake.answers.nullDistribution = nullDistribution
  const there = fake.holdAt(failed + 1, 1)
  const atWork = await queue.startNull(plan)
  await there
  expect(() => queue.dismissNulls([failed, atWork])).toThrow(`Null distribution ${atWork} waits or is at work; nothing was dismissed. Cancel it first.`)
  expect(queue.nullJobs().map(({ state }) => state)).toEqual(['failed', 'running'])
  queue.dismissNulls([failed])
  expect(queue.nullJobs().map(({ jobId }) => jobId)).toEqual([atWork])
  expect(() => queue.dismissNulls([failed])).toThrow(`There is no null distribution ${failed} in this session; nothing was dismissed.`)
  fake.release(atWork)
  await queue.idle()
  queue.dismissNulls([atWork])
  expect(await queue.startNull(plan)).toBe(atWork + 1)
  await queue.idle()
})

it('judges a run by what there is at its end, where a null went while it was made', async () => {
  const { project, queue, fake } = queueOver()
  await queue.startNull(plan)
  await queue.idle()
  fake.answers.synthesise = () => {
    project.nulls.remove(1)
    return pictureResult({ verdict: verdict({ outcome: 'included', aboveNull: 'yes', null: { pairs: 3, maximum: 0.5 } }) })
  }
  await queue.plan(planFor(project))
  await queue.idle()
  expect(project.runs.verdicts(1).map(({ null: against }) => against?.pairs)).toEqual([3, undefined])
})

it('keeps a finished run, and tells the problem, where it cannot be judged again at its end', async () => {
  const { project, queue, fake, problems } = queueOver()
  await queue.startNull(plan)
  await queue.idle()
  fake.answers.synthesise = () => {
    project.nulls.remove(1)
    return pictureResult({ verdict: verdict({ outcome: 'included', aboveNull: 'yes', null: { pairs: 3, maximum: 0.5 } }) })
  }
  fake.answers.judge = () => {
    throw new Error('No judge.')
  }
  await queue.plan(planFor(project))
  await queue.idle()
  expect(project.runs.summary(1).state).toBe('finished')
  expect(problems).toEqual([expect.objectContaining({ message: 'No judge.' })])
})

it('decides runs that came to their end while a null was being removed', async () => {
  const { project, queue, fake } = queueOver()
  await queue.plan(planFor(project, ['stem', 'logits']))
  await queue.startNull(plan)
  await queue.idle()
  const { judge } = fake.answers
  let asked = 0
  fake.answers.judge = (params, life) => {
    if (asked++ === 0) {
      const { referenceId, layer, protocol } = project.runs.summary(1)
      const [late] = project.runs.plan([{ network: usedNetwork(toyPicture), layer, referenceId, protocol, seed: 2 }], at)
      project.runs.complete(late!, pictureResult({ verdict: verdict({ outcome: 'included', null: { pairs: 3, maximum: 0.5 } }) }), environment, at)
    }
    return judge!(params, life)
  }
  project.nulls.save(resultOf({ pairs: 2, pool: { name: 'elsewhere', stimuli: 2, hash: 'other' } }, 0.99), usedNetwork(toyPicture), at)
  await queue.removeNull(1)
  expect(project.runs.list().map(({ verdict: last }) => last!.null!.pairs)).toEqual([2, 2, 2])
})

it('stores neither null nor verdict when one of the verdicts cannot be stored', async () => {
  const { project, queue } = queueOver()
  await queue.plan(planFor(project))
  await queue.idle()
  project.runs.recordVerdict = () => {
    throw new Error('The disk is full.')
  }
  await queue.startNull(plan)
  await queue.idle()
  expect(project.nulls.list()).toEqual([])
  expect(queue.nullJobs()[0]).toMatchObject({ state: 'failed', message: 'The disk is full.' })
})

it('stores nothing when it is cancelled, at work or waiting', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1_000_000_001, 1)
  const atWork = await queue.startNull(plan)
  const waiting = await queue.startNull(plan)
  await there
  queue.cancelNull(waiting)
  queue.cancelNull(atWork)
  await queue.idle()
  expect(queue.nullJobs().map((job) => job.state)).toEqual(['cancelled', 'cancelled'])
  expect(project.nulls.list()).toEqual([])
  expect(() => queue.cancelNull(atWork)).toThrow(`Null distribution ${atWork} is cancelled; there is nothing to cancel.`)
  expect(() => queue.cancelNull(5)).toThrow('There is no null distribution 5 in this session; nothing was cancelled.')
})

it('fails with the reason when the compute process dies, and the queue goes on', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1_000_000_001, 1)
  await queue.startNull(plan)
  await queue.plan(planFor(project))
  await there
  fake.crash()
  await queue.idle()
  expect(queue.nullJobs()[0]).toMatchObject({ state: 'failed' })
  expect(queue.nullJobs()[0]!.message).toMatch(/^The compute process stopped \(signal SIGKILL\) before it answered/)
  expect(project.runs.summary(1).state).toBe('finished')
})

it('fails with the reader\'s sentence when the pool cannot be read', async () => {
  const { queue } = queueOver(undefined, {
    readPool: () => Promise.reject(new MediaError('The folder "/stimuli/pool" holds no picture.')),
  })
  await queue.startNull(plan)
  await queue.idle()
  const message = 'The folder "/stimuli/pool" holds no picture.'
  expect(queue.nullJobs()[0]).toMatchObject({ message, error: { code: 'MediaError', message } })
})

it('is told and stored under the network\'s own name, by whichever it was asked for', async () => {
  const { project, queue } = queueOver(undefined, { networks: async () => [{ ...toyPicture, aliases: ['toy'] }] })
  await queue.startNull({ ...plan, network: 'toy' })
  await queue.idle()
  expect(queue.nullJobs()[0]).toMatchObject({ network: 'toy-picture', state: 'finished', error: null })
  expect(project.nulls.list()[0]).toMatchObject({ network: 'toy-picture' })
})
