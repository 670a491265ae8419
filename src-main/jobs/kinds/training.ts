import { UsageError } from '../../domain/errors.ts'
import { requireNetwork } from '../../domain/requireNetwork.ts'
import type { TrainingResult } from '../../domain/training.ts'
import type { PictureTrainingPlan } from '../../domain/trainingPlan.ts'
import type { WorkerEvent } from '../../domain/workerMessages.ts'
import type { JobTools, Stopper } from '../job.ts'
import { WorkerStopped } from '../workerLink.ts'

type ExaminationTools = Pick<JobTools, 'project' | 'link' | 'networks' | 'weightFile'>

/** Trainings are numbered apart from runs and nulls, so that a stop that comes late cannot hit the wrong one. */
export const trainingJobId = (trainingId: number): number => 500_000_000 + trainingId

/**
 * Train one planned network to its end, from its last checkpoint where it has one. However it ends, its state says so.
 * Rejects only when that cannot be stored.
 */
export async function runTraining(id: number, tools: JobTools, stopper: Stopper): Promise<void> {
  const { trainings } = tools.project
  try {
    trainings.mark(id, 'running', null)
    // Asked for before: a process that dies after the last update must not take the result with it.
    const environment = await tools.environment()
    const result = stopper.signal.aborted ? null : await train(id, tools, stopper.signal)
    if (result) {
      trainings.complete(id, result, environment, tools.now())
      tools.networksChanged()
      // A network is none the worse for not having been looked at: that can be made up for.
      await examineTraining(id, tools).catch(tools.onProblem)
    } else trainings.mark(id, stopper.reason ?? 'interrupted', null)
  } catch (error) {
    if (error instanceof WorkerStopped) trainings.mark(id, 'interrupted', `${error.what}. Resume the training to go on from its last checkpoint.`)
    else trainings.mark(id, 'failed', error instanceof Error ? error.message : String(error))
  }
}

/** Have a finished training's network looked at closely, and keep what is told. @throws UsageError where there is none */
export async function examineTraining(id: number, tools: ExaminationTools): Promise<void> {
  const { project, link } = tools
  const { plan, result } = project.trainings.summary(id)
  if (!result) throw new UsageError(`Training ${id} is not finished; there is no network to examine yet.`)
  const { folder, weightsHash, datasetHash, contentsHash } = result
  if (plan.kind === 'pictures') await loadBase(plan, tools)
  const examination = await link.request('examineTraining', { plan, result: { folder, weightsHash, datasetHash, ...(contentsHash === undefined ? {} : { contentsHash }) } })
  project.trainings.examined(id, examination)
}

/** @returns null when it was stopped */
async function train(id: number, tools: JobTools, signal: AbortSignal): Promise<TrainingResult | null> {
  const { project, link, onTrainingProgress, checkpointEveryS } = tools
  const { plan } = project.trainings.summary(id)
  const jobId = trainingJobId(id)
  const stop = (): void => link.stop(jobId)
  let failure: unknown = null
  const unsubscribe = link.onEvent((event) => {
    if (jobOf(event) !== jobId) return
    // A stop that came while the data were still being read went unheard: say it again.
    if (signal.aborted || failure) stop()
    if (event.type === 'trainingProgress') onTrainingProgress({ ...event.progress, trainingId: id })
    if (event.type !== 'trainingKept') return
    try {
      project.trainings.note(id, event.step, event.validations, event.losses)
    } catch (error) {
      failure ??= error
      stop()
    }
  })
  signal.addEventListener('abort', stop)
  try {
    if (plan.kind === 'pictures') await loadBase(plan, tools)
    const result = await link.request('train', { trainingId: jobId, plan, checkpointEveryS: trainingCheckpointS(checkpointEveryS) })
    if (failure) throw failure
    return result
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', stop)
  }
}

/** The network that a training begins with. */
async function loadBase({ base }: PictureTrainingPlan, { link, networks, weightFile }: Pick<JobTools, 'link' | 'networks' | 'weightFile'>): Promise<void> {
  const { name } = requireNetwork(await networks(), base)
  await link.ensureWeights(name, () => weightFile(name))
}

/** A full-size network's checkpoint is a gigabyte: kept six times as seldom as a run's. */
function trainingCheckpointS(everyS: number): number {
  return 6 * everyS
}

function jobOf(event: WorkerEvent): number | null {
  if (event.type === 'trainingProgress') return event.progress.trainingId
  return event.type === 'trainingKept' ? event.trainingId : null
}
