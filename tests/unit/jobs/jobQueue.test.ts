import { expect, it } from 'vitest'
import { UsageError } from '../../../src-main/domain/errors.ts'
import type { Change } from '../../../src-main/project/changes.ts'
import { openProject } from '../../../src-main/project/openProject.ts'
import type { Project } from '../../../src-main/project/project.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'
import { checkpoint } from '../../helpers/sampleRuns.ts'

const states = (project: Project) => project.runs.list().map((run) => run.state)

it('works on one run after the other, in the order in which they were planned', async () => {
  const { project, queue, progress, fake } = queueOver()
  const order: string[] = []
  project.changes.subscribe((change: Change) => {
    if (change.what === 'runs') order.push(...change.ids.map((id) => `${id} ${project.runs.summary(id).state}`))
  })
  const ids = await queue.plan(planFor(project, ['stem', 'logits']))
  expect(ids).toEqual([1, 2])
  expect(states(project)).toEqual(['planned', 'planned'])
  await queue.idle()
  expect(order).toEqual(['1 planned', '2 planned', '1 running', '1 finished', '2 running', '2 finished'])
  expect(progress.map(({ runId, update }) => [runId, update])).toEqual([1, 2].flatMap((id) => [1, 2, 3, 4].map((u) => [id, u])))
  expect(fake.received.filter(({ name }) => name === 'loadWeights')).toHaveLength(1)
})

it('records nothing of a plan that is refused', async () => {
  const { project, queue } = queueOver()
  await expect(queue.plan(planFor(project, ['stem', 'conv4']))).rejects.toThrow('Layer "conv4" is not in network "toy-picture".')
  await expect(queue.plan({ ...planFor(project), referenceIds: [1, 99] })).rejects.toThrow('There is no reference 99')
  expect(project.runs.list()).toEqual([])
})

it('marks the run interrupted when the compute process is killed, and goes on with the next', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1, 2)
  await queue.plan(planFor(project, ['stem', 'logits']))
  await there
  fake.crash()
  await queue.idle()
  expect(states(project)).toEqual(['interrupted', 'finished'])
  expect(project.runs.summary(1)).toMatchObject({
    updatesDone: 2,
    message:
      'The compute process stopped (signal SIGKILL). Resume the run to go on from its last checkpoint, 2 of 4 updates.',
  })
  expect(fake.launches()).toBe(2)
  expect(fake.received.filter(({ name }) => name === 'loadWeights')).toHaveLength(2)
})

it('resumes an interrupted run from its last checkpoint', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1, 3)
  await queue.plan(planFor(project))
  await there
  fake.crash()
  await queue.idle()
  fake.release(1)
  queue.resume(1)
  expect(states(project)).toEqual(['planned'])
  await queue.idle()
  expect(states(project)).toEqual(['finished'])
  expect(fake.received.filter(({ name }) => name === 'synthesise').at(-1)!.params).toMatchObject({ resumeFrom: checkpoint(3) })
})

it('pauses a run at work, and resumes it with the optimiser\'s state after the project was closed', async () => {
  const first = queueOver()
  const there = first.fake.holdAt(1, 2)
  await first.queue.plan(planFor(first.project))
  await there
  first.queue.pause(1)
  await first.queue.idle()
  expect(first.project.runs.summary(1)).toMatchObject({ state: 'paused', updatesDone: 2 })
  first.project.close()

  const project = openProject(first.project.path)
  const second = queueOver(project)
  await second.queue.idle()
  expect(states(project)).toEqual(['paused'])
  second.queue.resume(1)
  await second.queue.idle()
  expect(states(project)).toEqual(['finished'])
  expect(second.fake.received.find(({ name }) => name === 'synthesise')!.params).toMatchObject({ resumeFrom: checkpoint(2) })
  project.close()
})

it('never starts a waiting run that was paused or cancelled', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1, 1)
  await queue.plan(planFor(project, ['stem', 'logits']))
  await queue.plan(planFor(project))
  await there
  queue.pause(2)
  queue.cancel(3)
  fake.release(1)
  await queue.idle()
  expect(states(project)).toEqual(['finished', 'paused', 'cancelled'])
  expect(fake.received.filter(({ name }) => name === 'synthesise')).toHaveLength(1)
})

it('cancels a run at work and goes on with the next', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1, 2)
  await queue.plan(planFor(project, ['stem', 'logits']))
  await there
  queue.cancel(1)
  await queue.idle()
  expect(states(project)).toEqual(['cancelled', 'finished'])
})

it('cancels a run that was already pausing', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1, 2)
  await queue.plan(planFor(project))
  await there
  queue.pause(1)
  queue.cancel(1)
  await queue.idle()
  expect(states(project)).toEqual(['cancelled'])
})

it('stops a run that was told to while its weights were still being read', async () => {
  const { project, queue, fake } = queueOver(undefined, {
    weightFile: async () => (queue.pause(1), '/weights'),
  })
  await queue.plan(planFor(project))
  await queue.idle()
  expect(states(project)).toEqual(['paused'])
  expect(fake.received.map(({ name }) => name)).not.toContain('synthesise')
})

it('says a stop again when the compute process did not hear it the first time', async () => {
  const { project, queue, link, progress } = queueOver()
  const stop = link.stop
  let said = 0
  link.stop = (id) => void (++said > 1 && stop(id))
  await queue.plan(planFor(project))
  // The progress of the first update finds the run already told to stop.
  const unsubscribe = link.onEvent(() => (unsubscribe(), queue.pause(1)))
  await queue.idle()
  expect(states(project)).toEqual(['paused'])
  expect(progress.length).toBeLessThan(4)
})

it('takes a run back that was resumed while it was still pausing', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1, 2)
  await queue.plan(planFor(project))
  await there
  queue.pause(1)
  queue.resume(1)
  queue.resume(1)
  fake.release(1)
  await queue.idle()
  expect(states(project)).toEqual(['finished'])
  expect(fake.received.filter(({ name }) => name === 'synthesise')).toHaveLength(2)
})

it('says that a run is over when there is nothing to pause, cancel or resume', async () => {
  const { project, queue } = queueOver()
  await queue.plan(planFor(project))
  await queue.idle()
  for (const wish of ['pause', 'cancel', 'resume'] as const) {
    expect(() => queue[wish](1)).toThrow(new UsageError(`Run 1 is finished; there is nothing to ${wish}.`))
  }
})

it('fails a run with the engine\'s own sentence, keeps its last checkpoint, and goes on', async () => {
  const { project, queue, fake } = queueOver()
  const usual = fake.answers.synthesise!
  fake.answers.synthesise = (params, life) => {
    if (params.runId !== 1) return usual(params, life)
    life.tell({ type: 'checkpoint', runId: 1, checkpoint: checkpoint(3) })
    throw new Error('The loss is not finite at update 3.')
  }
  await queue.plan(planFor(project, ['stem', 'logits']))
  await queue.idle()
  expect(states(project)).toEqual(['failed', 'finished'])
  expect(project.runs.summary(1)).toMatchObject({ message: 'The loss is not finite at update 3.', updatesDone: 3 })
})

it('does not go on with weights other than those that the run was planned with', async () => {
  const { project, queue, fake, tools } = queueOver()
  await queue.plan(planFor(project))
  const networks = await tools.networks()
  fake.answers.networks = () => networks.map((n) => ({ ...n, weights: { ...n.weights, hash: 'other-weights-entirely' } }))
  await queue.idle()
  expect(project.runs.summary(1)).toMatchObject({
    state: 'failed',
    message:
      'This run was planned with other weights of network "toy-picture" (toy-weights-…) than are here now (other-weight…). ' +
      'Plan it anew, or bring the earlier weights back.',
  })
})

it('stops a run whose checkpoints cannot be stored, and says why', async () => {
  const { project, queue, fake } = queueOver()
  project.runs.saveCheckpoint = () => {
    throw new Error('The disk is full.')
  }
  await queue.plan(planFor(project))
  await queue.idle()
  expect(project.runs.summary(1)).toMatchObject({ state: 'failed', message: 'The disk is full.' })
  expect(fake.launches()).toBe(1)
})

it('tells of what cannot be stored at all, and goes on', async () => {
  const { project, queue, problems } = queueOver()
  const mark = project.runs.mark
  project.runs.mark = (id, ...rest) => {
    if (id === 1) throw new Error('The disk is full.')
    mark(id, ...rest)
  }
  await queue.plan(planFor(project, ['stem', 'logits']))
  await queue.idle()
  expect(problems).toEqual([new Error('The disk is full.')])
  expect(states(project)).toEqual(['planned', 'finished'])
})

it('pauses what is at work when it is closed, and starts nothing more', async () => {
  const { project, queue, fake } = queueOver()
  const there = fake.holdAt(1, 2)
  await queue.plan(planFor(project, ['stem', 'logits']))
  await there
  await queue.close()
  expect(states(project)).toEqual(['paused', 'planned'])
  expect(project.runs.checkpoint(1)).toEqual(checkpoint(2))
  expect(() => queue.resume(1)).toThrow('The project is being closed; nothing more is started. Open it again to go on.')
})
