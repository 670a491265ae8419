import type { NullJob } from '../domain/run.ts'
import { followJob } from './followJob.ts'
import type { Lab } from './lab.ts'

/** Wait until a null distribution is over, showing how it goes. @returns its end, or 'interrupted' after Ctrl-C */
export function followNull({ client, io }: Lab, jobId: number): Promise<NullJob | 'interrupted'> {
  return followJob<NullJob>({ io }, {
    jobId,
    label: 'null',
    unit: ({ phase }) => (phase === 'pairs' ? 'steps' : 'stimuli'),
    listen: (look) => client.on('nullProgress', look),
    jobs: async () => (await client.call('nulls.list', {})).jobs,
  })
}
