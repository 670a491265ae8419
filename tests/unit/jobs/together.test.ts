import { describe, expect, it } from 'vitest'
import type { Project } from '../../../src-main/project/project.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'
import { checkpoint, picture, at } from '../../helpers/sampleRuns.ts'

/** Runs of one network, layer and protocol in the queue. */

const states = (project: Project) => project.runs.list().map((run) => run.state)

/** So many runs of one layer, one for each reference. */
function planOf(project: Project, references: number, layers = ['stem']) {
  const referenceIds = Array.from({ length: references }, (_, i) => project.references.add(picture(`${i}.png`, Uint8Array.of(1, i)), at).id)
  return { ...planFor(project, layers), referenceIds }
}

const once = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

describe('runs of one group', () => {
  it('are at work together, up to as many as are allowed, and the next one takes the place of one that ended', async () => {
    const { project, queue, fake } = queueOver(undefined, { together: () => 2 })
    const held = [fake.holdAt(1, 2), fake.holdAt(2, 2)]
    await queue.plan(planOf(project, 3))
    await Promise.all(held)
    expect(states(project)).toEqual(['running', 'running', 'planned'])
    const third = fake.holdAt(3, 1)
    fake.release(1)
    await third
    expect(states(project)).toEqual(['finished', 'running', 'running'])
    fake.release(2)
    fake.release(3)
    await queue.idle()
    expect(states(project)).toEqual(['finished', 'finished', 'finished'])
  })

  it('are made one after the other when that is asked for', async () => {
    const { project, queue, fake } = queueOver(undefined, { together: () => 1 })
    const there = fake.holdAt(1, 2)
    await queue.plan(planOf(project, 2))
    await there
    expect(states(project)).toEqual(['running', 'planned'])
    fake.release(1)
    await queue.idle()
  })

  it('begin at once where there are more places than before, and not where there are fewer', async () => {
    let places = 1
    const { project, queue, fake } = queueOver(undefined, { together: () => places })
    const first = fake.holdAt(1, 2)
    await queue.plan(planOf(project, 3))
    await first
    const second = fake.holdAt(2, 1)
    places = 2
    queue.fill()
    await second
    expect(states(project)).toEqual(['running', 'running', 'planned'])
    places = 1
    queue.fill()
    fake.release(1)
    await once(() => states(project)[0] === 'finished')
    expect(states(project)).toEqual(['finished', 'running', 'planned'])
    fake.release(2)
    await queue.idle()
    expect(states(project)).toEqual(['finished', 'finished', 'finished'])
  })

  it('do not overtake what was asked for before them', async () => {
    const { project, queue, fake } = queueOver()
    const there = fake.holdAt(1, 2)
    await queue.plan(planOf(project, 1, ['stem', 'logits']))
    await queue.plan(planOf(project, 1))
    await there
    await once(() => fake.received.some(({ name }) => name === 'synthesise'))
    expect(states(project)).toEqual(['running', 'planned', 'planned'])
    queue.cancel(2)
    const third = fake.holdAt(3, 1)
    await third
    expect(states(project)).toEqual(['running', 'cancelled', 'running'])
    fake.release(1)
    fake.release(3)
    await queue.idle()
  })

  it('go on when one of them is paused, and take it back when it is resumed', async () => {
    const { project, queue, fake } = queueOver()
    const held = [1, 2, 3].map((id) => fake.holdAt(id, 2))
    await queue.plan(planOf(project, 3))
    await Promise.all(held)
    queue.pause(2)
    await once(() => project.runs.summary(2).state === 'paused')
    expect(states(project)).toEqual(['running', 'paused', 'running'])
    fake.release(2)
    queue.resume(2)
    await once(() => project.runs.summary(2).state === 'finished')
    expect(states(project)).toEqual(['running', 'finished', 'running'])
    expect(fake.received.filter(({ name }) => name === 'synthesise').at(-1)!.params).toMatchObject({ runId: 2, resumeFrom: checkpoint(2) })
    fake.release(1)
    fake.release(3)
    await queue.idle()
  })

  it('never have one of them at work twice, when it is resumed while it is still stopping', async () => {
    const { project, queue, fake } = queueOver()
    const held = [1, 2].map((id) => fake.holdAt(id, 2))
    await queue.plan(planOf(project, 2))
    await Promise.all(held)
    queue.pause(2)
    queue.resume(2)
    fake.release(1)
    fake.release(2)
    await queue.idle()
    expect(states(project)).toEqual(['finished', 'finished'])
    expect(fake.received.filter(({ name }) => name === 'synthesise').map(({ params }) => (params as { runId: number }).runId)).toEqual([1, 2, 2])
  })

  it('are all interrupted when the compute process is killed, each with its own checkpoint', async () => {
    const { project, queue, fake } = queueOver()
    const held = [fake.holdAt(1, 1), fake.holdAt(2, 3)]
    await queue.plan(planOf(project, 2))
    await Promise.all(held)
    fake.crash()
    await queue.idle()
    expect(project.runs.list()).toMatchObject([{ state: 'interrupted', updatesDone: 1 }, { state: 'interrupted', updatesDone: 3 }])
    fake.release(1)
    fake.release(2)
    queue.resume(1)
    queue.resume(2)
    await queue.idle()
    expect(states(project)).toEqual(['finished', 'finished'])
    expect(fake.received.filter(({ name }) => name === 'synthesise').slice(2).map(({ params }) => (params as { resumeFrom: unknown }).resumeFrom)).toEqual([checkpoint(1), checkpoint(3)])
  })

  it('are all paused when the project is closed', async () => {
    const { project, queue, fake } = queueOver(undefined, { together: () => 2 })
    const held = [1, 2].map((id) => fake.holdAt(id, 2))
    await queue.plan(planOf(project, 3))
    await Promise.all(held)
    await queue.close()
    expect(states(project)).toEqual(['paused', 'paused', 'planned'])
    expect([1, 2].map((id) => project.runs.checkpoint(id))).toEqual([checkpoint(2), checkpoint(2)])
  })

  it('fail one by one', async () => {
    const { project, queue, fake } = queueOver()
    const usual = fake.answers.synthesise!
    fake.answers.synthesise = (params, life) => {
      if (params.runId === 2) throw new Error('The loss is not finite at update 3.')
      return usual(params, life)
    }
    await queue.plan(planOf(project, 3))
    await queue.idle()
    expect(states(project)).toEqual(['finished', 'failed', 'finished'])
  })
})
