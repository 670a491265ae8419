import { UsageError } from '../../domain/errors.ts'
import type { Handlers } from '../../rpc/server.ts'
import type { HostParts } from '../parts.ts'

type TrainingHandlers = Pick<Handlers, 'trainings.check' | 'trainings.plan' | 'trainings.list' | 'trainings.cancel' | 'trainings.pause' | 'trainings.resume'>

export function trainingHandlers({ compute, sessions }: HostParts): TrainingHandlers {
  const queue = () => sessions.current().queue.trainings

  /** Own networks may be trained further; one that has a catalogue network's name would never be listed. */
  async function requireOwnName(name: string): Promise<void> {
    const found = (await compute.networks()).find((network) => network.name === name || network.aliases?.includes(name))
    if (found && !found.own) throw new UsageError(`A network of the catalogue is called "${name}". Choose another name for the new one.`)
  }

  return {
    'trainings.check': async ({ plan }) => {
      await requireOwnName(plan.name)
      return compute.link.request('checkTrainingData', { plan })
    },
    'trainings.plan': async ({ plan }) => {
      await requireOwnName(plan.name)
      return { id: await queue().plan(plan) }
    },
    'trainings.list': () => sessions.current().project.trainings.list(),
    'trainings.cancel': ({ id }) => (queue().cancel(id), null),
    'trainings.pause': ({ id }) => (queue().pause(id), null),
    'trainings.resume': ({ id }) => (queue().resume(id), null),
  }
}
