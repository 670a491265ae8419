import { expect, it } from 'vitest'
import type { NamedSignal } from '../../../src-main/domain/recognition.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'
import { toyPicture, toySound } from '../../helpers/sampleRuns.ts'

const named: NamedSignal = { recognition: { top: [{ index: 0, label: 'cat', probability: 1 }], category16: null }, notices: [] }
const plan = { judges: ['toy-picture'] }

function withFinishedRuns(layers = ['stem', 'logits']) {
  const setting = queueOver()
  setting.fake.answers.recogniseSignals = ({ signals }) => signals.map(() => named)
  const made = setting.queue.plan(planFor(setting.project, layers)).then(() => setting.queue.idle())
  return made.then(() => setting)
}
const asked = ({ fake }: Awaited<ReturnType<typeof withFinishedRuns>>) => fake.received.filter(({ name }) => name === 'recogniseSignals')

it('has the judge name every signal, tells how it goes, and asks nothing twice', async () => {
  const setting = await withFinishedRuns()
  const { queue, project, judgementProgress } = setting
  const jobId = await queue.judgements.start(plan)
  await queue.idle()
  // Both toy runs left the same two signals.
  expect(judgementProgress.map(({ state, done, total }) => [state, done, total])).toEqual([
    ['running', 0, 0],
    ['running', 0, 2],
    ['running', 2, 2],
    ['finished', 2, 2],
  ])
  expect(project.recognitions.list().map(({ runId, judge }) => [runId, judge])).toEqual([[1, 'toy-picture'], [2, 'toy-picture']])
  await queue.judgements.start(plan)
  await queue.idle()
  expect(asked(setting)).toHaveLength(1)
  expect(queue.judgements.list()).toEqual([
    { jobId, judges: ['toy-picture'], state: 'finished', done: 2, total: 2, error: null },
    expect.objectContaining({ state: 'finished', done: 0, total: 0 }),
  ])
})

it('refuses judges and runs that do not fit, before anything is queued', async () => {
  const { queue, tools } = await withFinishedRuns()
  const start = (changes: object) => queue.judgements.start({ ...plan, ...changes })
  await expect(start({ judges: ['toy-sound'] })).rejects.toThrow('This project has no finished metamer that network "toy-sound" could judge: it needs a sound. Make one first.')
  await expect(start({ judges: ['toy-sound'], runIds: [1] })).rejects.toThrow('Run 1 made a picture, and network "toy-sound" takes sounds. Choose another judge, or other runs.')
  await expect(start({ runIds: [7] })).rejects.toThrow('There is no run 7 in this project.')
  await expect(start({ judges: ['nobody'] })).rejects.toThrow('There is no network "nobody".')
  tools.networks = async () => [{ ...toyPicture, labels: [] }, toySound]
  await expect(start({})).rejects.toThrow('Network "toy-picture" has no labels, so it recognises nothing. Choose another judge.')
  expect(queue.judgements.list()).toEqual([])
})

it('refuses a run that is not finished', async () => {
  const { queue, project, fake } = await withFinishedRuns()
  void fake.holdAt(3, 0)
  const [id] = await queue.plan(planFor(project))
  await expect(queue.judgements.start({ ...plan, runIds: [id!] })).rejects.toThrow(/^Run 3 is (planned|running); only finished runs can be judged/)
  fake.release(3)
  await queue.idle()
})

it('fails with the reason, and keeps the queue going', async () => {
  const { queue, fake } = await withFinishedRuns()
  fake.answers.recogniseSignals = () => {
    throw new Error('Logit 3 is not a number.')
  }
  await queue.judgements.start(plan)
  await queue.idle()
  expect(queue.judgements.list()[0]).toMatchObject({ state: 'failed', error: { message: 'Logit 3 is not a number.' } })
})

it('never begins when it is cancelled while it waits', async () => {
  const setting = await withFinishedRuns()
  const { queue, fake, project } = setting
  const there = fake.holdAt(3, 1)
  await queue.plan(planFor(project))
  await there
  const jobId = await queue.judgements.start(plan)
  queue.judgements.cancel(jobId)
  fake.release(3)
  await queue.idle()
  expect(queue.judgements.list()[0]!.state).toBe('cancelled')
  expect(asked(setting)).toEqual([])
  expect(() => queue.judgements.cancel(jobId)).toThrow(`Judgement ${jobId} is cancelled; there is nothing to cancel.`)
})
