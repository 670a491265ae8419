import { UsageError } from '../../domain/errors.ts'
import { examineTraining } from '../../jobs/kinds/training.ts'
import type { Handlers } from '../../rpc/server.ts'
import type { HostParts } from '../parts.ts'

type TrainingHandlers = Pick<Handlers, Extract<keyof Handlers, `trainings.${string}`>>

/** Surveys are numbered apart from jobs, so that a stop that comes late cannot hit one of those. */
const firstSurveyId = 900_000_000

export function trainingHandlers({ compute, sessions, networksFolder }: HostParts): TrainingHandlers {
  let surveyId = firstSurveyId
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
    'trainings.places': () => ({ networksFolder }),
    'trainings.detail': ({ id }) => sessions.current().project.trainings.detail(id),
    'trainings.examine': async ({ id }) => {
      const { link, networks, weightFile } = compute
      await examineTraining(id, { project: sessions.current().project, link, networks, weightFile })
      return null
    },
    'trainings.survey': ({ plan }) => {
      compute.link.stop(surveyId)
      return compute.link.request('surveyData', { surveyId: ++surveyId, plan })
    },
    'trainings.stopSurvey': () => (compute.link.stop(surveyId), null),
    'trainings.examples': (asked) => compute.link.request('trainingExamples', asked),
  }
}
