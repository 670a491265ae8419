import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TrainingResult, TrainingSummary } from '../../src-main/domain/training.ts'
import type { PictureTrainingPlan } from '../../src-main/domain/trainingPlan.ts'
import { forkWorker } from '../../src-main/jobs/forkWorker.ts'
import type { WorkerProcess } from '../../src-main/jobs/workerLink.ts'
import type { RpcClient } from '../../src-main/rpc/client.ts'
import { finishedTraining } from '../helpers/finishedTraining.ts'
import { writePictureFolder } from '../helpers/pictureFolder.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { testLab } from '../helpers/testLab.ts'
import { pictureTrainingPlan } from '../helpers/trainingPlan.ts'

/** Two kinds of stripes and the catalogue's large networks, whose random weights are drawn as they are needed. */
async function labWithStripes() {
  const home = temporaryFolder()
  const pictures = path.join(home, 'pictures')
  writePictureFolder(pictures, { train: 2, validation: 1, test: 1 })
  const launch = forkWorker(path.resolve(import.meta.dirname, '../../src-main/worker/main.ts'))
  let worker: WorkerProcess | null = null
  const lab = testLab({ launchWorker: () => (worker = launch()) })
  await lab.client.call('project.create', { path: path.join(home, 'a.metamer') })
  const plan = (changes: Partial<PictureTrainingPlan>) => pictureTrainingPlan({ outFolder: path.join(home, 'networks'), batchSize: 2, steps: 4, validateEvery: 2, rate: 1e-4, ...changes }, { pictures, views: 1, cacheFolder: path.join(home, 'cache') })
  const train = async (changes: Partial<PictureTrainingPlan>): Promise<TrainingResult> => {
    const { id } = await lab.client.call('trainings.plan', { plan: plan(changes) })
    return (await finishedTraining(lab.client, id)).result!
  }
  return { client: lab.client, killWorker: () => worker!.kill(), plan, train }
}

describe('fine-tuning the large networks that see', { timeout: 300_000 }, () => {
  it.each([
    { base: 'resnet-101-v2', from: 'global_pool', kernels: [7, 7, 3, 64] },
    { base: 'vgg-19', from: 'fc8', kernels: [3, 3, 3, 64] },
  ])('makes a network of $base, and says on its card what stayed random', async ({ base, from, kernels }) => {
    const { client, train } = await labWithStripes()
    const { folder, notices } = await train({ name: 'stripes', base, from })
    const card = JSON.parse(readFileSync(path.join(folder, 'card.json'), 'utf8')) as { labels: string[]; network: object; notes: string[]; stages: Array<{ shape: number[] }> }
    expect(card).toMatchObject({ labels: ['lying', 'standing'], network: { from: 'architecture', name: base } })
    expect(card.stages.at(-1)!.shape).toEqual([2])
    expect(notices.join()).toContain(`The weights of "${base}" are random (seed 0): the stages before ${from}`)
    expect(card.notes.join(' ')).toMatch(new RegExp(`Fine-tuned from ${base} \\(random weights of a recipe with SHA-256 [0-9a-f]{64}\\): ${from} and all after it learned.*The weights of "${base}" are random`))
    const [training] = await client.call('trainings.list', {})
    const { examination } = await client.call('trainings.detail', { id: training!.id })
    expect(examination).toMatchObject({ kernels: { shape: kernels } })
  })

  it('goes on with Inception-V3 to the same network, bit for bit, when the compute process was killed', async () => {
    const { client, killWorker, plan, train } = await labWithStripes()
    const settings = { base: 'inception-v3', from: 'Mixed_7c', steps: 8 }
    const whole = await train({ name: 'whole', ...settings })
    const { id } = await client.call('trainings.plan', { plan: plan({ name: 'killed', ...settings }) })
    await until(client, id, ({ stepsDone }) => stepsDone >= 2)
    killWorker()
    const { stepsDone } = await until(client, id, ({ state }) => state === 'interrupted')
    expect([2, 4, 6]).toContain(stepsDone)
    await client.call('trainings.resume', { id })
    const { result } = await finishedTraining(client, id)
    expect(result!.weightsHash).toBe(whole.weightsHash)
    expect(result!.best).toEqual(whole.best)
  })
})

/** Wait until a training is as it should be. */
function until(client: RpcClient, id: number, wanted: (training: TrainingSummary) => boolean): Promise<TrainingSummary> {
  return new Promise((resolve) => {
    client.on('changed', ({ what }) => {
      if (what !== 'trainings') return
      void client.call('trainings.list', {}).then((all) => {
        const training = all.find((one) => one.id === id)!
        if (wanted(training)) resolve(training)
      })
    })
  })
}
