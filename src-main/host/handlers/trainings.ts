import type { Handlers } from '../../rpc/server.ts'
import type { HostParts } from '../parts.ts'

type TrainingHandlers = Pick<Handlers, 'trainings.check' | 'trainings.plan' | 'trainings.list' | 'trainings.cancel' | 'trainings.pause' | 'trainings.resume'>

export function trainingHandlers({ compute, sessions }: HostParts): TrainingHandlers {
  const queue = () => sessions.current().queue.trainings
  return {
    'trainings.check': ({ plan }) => compute.link.request('checkTrainingData', { plan }),
    'trainings.plan': async ({ plan }) => ({ id: await queue().plan(plan) }),
    'trainings.list': () => sessions.current().project.trainings.list(),
    'trainings.cancel': ({ id }) => (queue().cancel(id), null),
    'trainings.pause': ({ id }) => (queue().pause(id), null),
    'trainings.resume': ({ id }) => (queue().resume(id), null),
  }
}
