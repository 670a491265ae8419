import { expect, it } from 'vitest'
import type { NamedSignal } from '../../../src-main/domain/recognition.ts'
import { createGate } from '../../helpers/gate.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'

const nullPlan = { network: 'toy-picture', poolFolder: '/stimuli/pool', pairs: 3, seed: 7, mode: 'pool' as const, augmentation: 'none' as const, memoryBytes: 2 ** 30 }
const idsOf = ({ project }: ReturnType<typeof queueOver>) => project.runs.list().map(({ id }) => id)

it('removes runs that are finished or stopped', async () => {
  const setting = queueOver()
  const { project, queue, fake } = setting
  const there = fake.holdAt(2, 2)
  await queue.plan(planFor(project, ['stem', 'logits']))
  await there
  queue.pause(2)
  await queue.idle()
  expect(project.runs.list().map(({ state }) => state)).toEqual(['finished', 'paused'])
  expect(queue.remove([2, 1])).toEqual([1, 2])
  expect(idsOf(setting)).toEqual([])
  expect(() => queue.remove([1])).toThrow('There is no run 1 in this project.')
})

it('refuses runs that wait or are at work, by number, and removes none of the others either', async () => {
  const setting = queueOver(undefined, { together: () => 1 })
  const { project, queue, fake } = setting
  await queue.plan(planFor(project))
  await queue.idle()
  const there = fake.holdAt(2, 1)
  await queue.plan({ ...planFor(project, ['stem', 'logits']), seed: 2 })
  await there
  expect(() => queue.remove([1, 2])).toThrow('Run 2 waits or is at work; nothing was removed. Pause or cancel it first.')
  expect(() => queue.remove([1, 2, 3])).toThrow('Runs 2, 3 wait or are at work; nothing was removed. Pause or cancel them first.')
  expect(idsOf(setting)).toEqual([1, 2, 3])
  queue.cancel(3)
  expect(queue.remove([3, 1])).toEqual([1, 3])
  fake.release(2)
  await queue.idle()
  expect(project.runs.summary(2).state).toBe('finished')
})

it('refuses runs whose signals are just being named, and lets them go afterwards', async () => {
  const { project, queue, fake } = queueOver()
  const [asked, answer] = [createGate(), createGate()]
  const named: NamedSignal = { recognition: { top: [{ index: 0, label: 'cat', probability: 1 }], category16: null }, notices: [] }
  fake.answers.recogniseSignals = async ({ signals }) => (asked.resolve(), await answer.promise, signals.map(() => named))
  await queue.plan(planFor(project))
  await queue.idle()
  await queue.judgements.start({ judges: ['toy-picture'] })
  await asked.promise
  expect(() => queue.remove([1])).toThrow('toy-picture is naming metamers; nothing was removed. Stop that, or wait for its end, before you remove runs.')
  answer.resolve()
  await queue.idle()
  expect(queue.remove([1])).toEqual([1])
  expect(project.recognitions.list()).toEqual([])
})

it('stores a null distribution also where runs were removed while its verdicts were decided', async () => {
  const setting = queueOver()
  const { project, queue, fake } = setting
  await queue.plan(planFor(project, ['stem', 'logits']))
  await queue.idle()
  const { judge } = fake.answers
  fake.answers.judge = (params, life) => {
    if (idsOf(setting).includes(1)) queue.remove([1])
    return judge!(params, life)
  }
  await queue.startNull(nullPlan)
  await queue.idle()
  expect(queue.nullJobs()).toMatchObject([{ state: 'finished', error: null }])
  expect(project.nulls.list()).toHaveLength(2)
  expect(project.runs.list().map(({ id, verdict }) => [id, verdict!.null?.pairs])).toEqual([[2, 3]])
})
