import type { TrainingSummary } from '../../src-main/domain/training.ts'
import type { RpcClient } from '../../src-main/rpc/client.ts'

/** Wait until a training is finished and its network was examined. @throws Error when it fails */
export async function finishedTraining(client: RpcClient, id: number): Promise<TrainingSummary> {
  const look = async () => (await client.call('trainings.list', {})).find((one) => one.id === id)!
  return new Promise((resolve, reject) => {
    client.on('changed', ({ what }) => {
      if (what !== 'trainings') return
      void Promise.all([look(), client.call('trainings.detail', { id })]).then(([training, { examination }]) => {
        if (training.state === 'failed') reject(new Error(training.message!))
        if (training.state === 'finished' && examination) resolve(training)
      })
    })
  })
}
