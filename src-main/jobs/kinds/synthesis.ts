import { ModelFileError } from '../../domain/errors.ts'
import type { JudgingNull } from '../../domain/nullDistribution.ts'
import { requireNetwork } from '../../domain/requireNetwork.ts'
import type { RunEnvironment, RunSummary, SynthesisResult } from '../../domain/run.ts'
import type { WorkerEvent, WorkerRequests } from '../../domain/workerMessages.ts'
import type { JobTools, Stopper } from '../job.ts'
import { judgeAgain, judgingNull } from '../judgeAgain.ts'
import type { Admit } from '../serialQueue.ts'
import { WorkerStopped } from '../workerLink.ts'
import { placesFor } from '../workTogether.ts'

/**
 * Bring one planned run to its end, from its last checkpoint where it has one. However it ends, the run's state says so.
 * Rejects only when that cannot be stored.
 *
 * @param admit  told who says how many runs of its group may be at work, once the compute process has the network
 */
export async function runSynthesis(runId: number, tools: JobTools, stopper: Stopper, admit: Admit): Promise<void> {
  const { runs } = tools.project
  try {
    runs.mark(runId, 'running', null)
    // Asked for before: a process that dies after the last update must not take the result with it.
    const environment = await tools.environment()
    const result = await synthesise(runs.summary(runId), tools, stopper.signal, admit)
    if (result) await complete(runId, result, environment, tools)
    else runs.mark(runId, stopper.reason ?? 'interrupted', null)
  } catch (error) {
    if (error instanceof WorkerStopped) runs.mark(runId, 'interrupted', interruption(error, runs.summary(runId)))
    else runs.mark(runId, 'failed', error instanceof Error ? error.message : String(error))
  }
}

/** Null distributions may have come or gone while it was made: what judges now decides. */
async function complete(runId: number, result: SynthesisResult, environment: RunEnvironment, tools: JobTools): Promise<void> {
  const { runs } = tools.project
  runs.complete(runId, result, environment, tools.now())
  const run = runs.summary(runId)
  try {
    for (const { verdict } of await judgeAgain([run], nullFor(run, tools), tools)) runs.recordVerdict(runId, verdict, tools.now())
  } catch (error) {
    // The result is stored: the run has not failed.
    tools.onProblem(error)
  }
}

function nullFor({ network, networkHash, layer }: RunSummary, { project }: JobTools): JudgingNull | null {
  return judgingNull(project.nulls.find(network, networkHash, layer))
}

/** @returns null when it was stopped */
async function synthesise(run: RunSummary, tools: JobTools, signal: AbortSignal, admit: Admit): Promise<SynthesisResult | null> {
  const { link } = tools
  const network = requireNetwork(await tools.networks(), run.network)
  requireSameWeights(run, network.weights.hash)
  await link.ensureWeights(run.network, () => tools.weightFile(run.network))
  admit(() => placesFor(network, run.layer, tools.together()))
  if (signal.aborted) return null
  const listening = listen(run.id, tools, signal)
  try {
    const result = await link.request('synthesise', parametersOf(run, tools))
    if (listening.failure) throw listening.failure
    return result
  } finally {
    listening.end()
  }
}

function parametersOf(run: RunSummary, tools: JobTools): WorkerRequests['synthesise']['params'] {
  const { project, checkpointEveryS } = tools
  return {
    runId: run.id,
    network: run.network,
    layer: run.layer,
    protocol: run.protocol,
    seed: run.seed,
    reference: run.inverts === null ? project.references.file(run.referenceId) : project.runs.cochleagram(run.inverts),
    resumeFrom: project.runs.checkpoint(run.id),
    null: nullFor(run, tools),
    checkpointEveryS,
  }
}

/** Keep what the compute process tells while it works, and pass a stop on to it. */
function listen(runId: number, { project, link, onProgress }: JobTools, signal: AbortSignal) {
  const stop = () => link.stop(runId)
  const listening = { failure: null as unknown, end }
  const unsubscribe = link.onEvent((event) => {
    if (runOf(event) !== runId) return
    // A stop that came while the reference was still being decoded went unheard: say it again.
    if (signal.aborted || listening.failure) stop()
    if (event.type === 'progress') onProgress(event.progress)
    else if (event.type === 'checkpoint') keep(event)
  })
  signal.addEventListener('abort', stop)

  function keep(event: Extract<WorkerEvent, { type: 'checkpoint' }>): void {
    try {
      project.runs.saveCheckpoint(runId, event.checkpoint)
    } catch (error) {
      // A disk that is full now will not take the result either.
      listening.failure ??= error
      stop()
    }
  }

  function end(): void {
    unsubscribe()
    signal.removeEventListener('abort', stop)
  }

  return listening
}

function runOf(event: WorkerEvent): number | null {
  if (event.type === 'progress') return event.progress.runId
  return event.type === 'checkpoint' ? event.runId : null
}

function requireSameWeights(run: RunSummary, hash: string): void {
  if (run.networkHash === hash) return
  throw new ModelFileError(
    `This run was planned with other weights of network "${run.network}" (${short(run.networkHash)}) than are here now ` +
      `(${short(hash)}). Plan it anew, or bring the earlier weights back.`,
  )
}

function short(hash: string): string {
  return `${hash.slice(0, 12)}…`
}

function interruption({ what }: WorkerStopped, { updatesDone, protocol }: RunSummary): string {
  const whence = updatesDone > 0 ? `its last checkpoint, ${updatesDone} of ${protocol.updates} updates` : 'its start'
  return `${what}. Resume the run to go on from ${whence}.`
}
