import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { forkWorker } from '../../../src-main/jobs/forkWorker.ts'
import { createJobQueue } from '../../../src-main/jobs/jobQueue.ts'
import { createWorkerLink, type LaunchWorker } from '../../../src-main/jobs/workerLink.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'
import { checkpoint } from '../../helpers/sampleRuns.ts'

const echo = path.join(import.meta.dirname, 'echoWorker.mjs')

function linkTo(launch: LaunchWorker) {
  const link = createWorkerLink(launch)
  onTestFinished(() => link.close())
  return link
}

it('carries typed arrays and NaN to a real process and back', async () => {
  const sent = { network: 'toy', file: '/weights', more: { values: Float32Array.of(Number.NaN, Infinity), rho: Number.NaN } }
  const link = linkTo(forkWorker(echo))
  const back: unknown = await link.request('loadWeights', sent)
  expect(back).toEqual(sent)
  expect((back as typeof sent).more.values).toBeInstanceOf(Float32Array)
})

it('notices that a real process was killed with SIGKILL, and starts another', async () => {
  const link = linkTo(forkWorker(echo))
  await expect(link.request('describe', {})).rejects.toThrow(
    'The compute process stopped (signal SIGKILL) before it answered "describe". What was stored is kept; ask again to go on.',
  )
  expect(await link.request('networks', {})).toEqual({})
})

it('refuses the request when the process ends before it is ready', async () => {
  const link = linkTo(forkWorker(echo, { ...process.env, DIE_AT_START: 'yes' }))
  await expect(link.request('networks', {})).rejects.toThrow('The compute process stopped (exit code 3)')
})

it('keeps the last checkpoint of each run whose real process was killed with SIGKILL, and both can be resumed', async () => {
  const link = linkTo(forkWorker(path.resolve(import.meta.dirname, '../../helpers/mortalWorker.ts')))
  const { project, tools } = queueOver()
  const queue = createJobQueue({ ...tools, link, networks: () => link.request('networks', {}) })
  await queue.plan(planFor(project, ['stem', 'logits']))
  await queue.idle()
  expect(project.runs.list().map((run) => run.state)).toEqual(['interrupted', 'interrupted'])
  expect(project.runs.checkpoint(1)).toEqual(checkpoint(2))
  expect(project.runs.checkpoint(2)).toEqual(checkpoint(2))
  queue.resume(1)
  queue.resume(2)
  await queue.idle()
  expect(project.runs.list().map((run) => run.state)).toEqual(['finished', 'finished'])
})
