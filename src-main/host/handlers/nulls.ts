import { requireNetwork } from '../../domain/requireNetwork.ts'
import type { Handlers } from '../../rpc/server.ts'
import type { HostParts } from '../parts.ts'
import { countPool } from '../poolFolder.ts'
import { dropStoppedNull, stoppedNulls } from '../stoppedNulls.ts'

type NullHandlers = Pick<Handlers, 'nulls.list' | 'nulls.others' | 'nulls.start' | 'nulls.pool' | 'nulls.cancel' | 'nulls.dismiss' | 'nulls.remove' | 'nulls.stopped' | 'nulls.drop' | 'nulls.histogram'>

export function nullHandlers({ compute, sessions, emit }: HostParts): NullHandlers {
  return {
    'nulls.list': () => {
      const { project, queue } = sessions.current()
      return { nulls: project.nulls.list(), jobs: queue.nullJobs() }
    },
    'nulls.others': () => sessions.current().project.nulls.others(),
    'nulls.start': async (plan) => ({ jobId: await sessions.current().queue.startNull(plan) }),
    'nulls.pool': async ({ network, poolFolder }) => ({ stimuli: await countPool(poolFolder, requireNetwork(await compute.networks(), network).kind) }),
    'nulls.cancel': ({ jobId }) => {
      sessions.current().queue.cancelNull(jobId)
      return null
    },
    'nulls.dismiss': ({ jobIds }) => {
      sessions.current().queue.dismissNulls(jobIds)
      emit('changed', { what: 'nulls', ids: [] })
      return null
    },
    'nulls.remove': async ({ id }) => {
      await sessions.current().queue.removeNull(id)
      return null
    },
    'nulls.stopped': () => {
      const { project, queue } = sessions.current()
      return stoppedNulls(project, queue.nullJobs())
    },
    'nulls.drop': ({ id }) => {
      const { project, queue } = sessions.current()
      dropStoppedNull(project, queue.nullJobs(), id)
      emit('changed', { what: 'nulls', ids: [] })
      return null
    },
    'nulls.histogram': ({ network, layer, networkHash }) => {
      const { nulls } = sessions.current().project
      const hash = networkHash ?? nulls.list().findLast((n) => n.network === network && n.layer === layer)?.networkHash
      return hash === undefined ? null : nulls.histogram(network, hash, layer)
    },
  }
}
