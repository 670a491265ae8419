import type { RunDetail, RunState, SynthesisProgress } from '../../src-main/domain/run.ts'
import type { RpcClient } from '../../src-main/rpc/client.ts'
import type { NullJob } from '../../src-main/domain/run.ts'

/** Wait until a run is in a state. */
export function runIn(client: RpcClient, id: number, wanted: RunState): Promise<RunDetail> {
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      const run = await client.call('runs.detail', { id })
      if (run.state === wanted) resolve(run)
      else if (run.state === 'failed') reject(new Error(`Run ${id} failed: ${run.message}`))
    }
    client.on('changed', ({ what, ids }) => {
      if (what === 'runs' && ids.includes(id)) look().catch(reject)
    })
    look().catch(reject)
  })
}

/** Wait until a run tells that it has made this many updates. */
export function progressOf(client: RpcClient, id: number, update: number): Promise<SynthesisProgress> {
  return new Promise((resolve) => {
    client.on('progress', (progress) => {
      if (progress.runId === id && progress.update >= update) resolve(progress)
    })
  })
}

/** Wait until a null distribution is over. */
export async function nullOver(client: RpcClient, jobId: number): Promise<NullJob> {
  return new Promise((resolve, reject) => {
    const look = (job: NullJob): void => {
      if (job.jobId === jobId && job.state !== 'running') resolve(job)
    }
    client.on('nullProgress', look)
    client.call('nulls.list', {}).then(({ jobs }) => jobs.forEach(look), reject)
  })
}
