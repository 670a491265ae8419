import type { Checkpoint, Preview, SynthesisResult } from '../../domain/run.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import type { Model } from '../../engine/models/model.ts'
import { clippingNotice, quantise, type Quantised } from '../../engine/synthesis/quantise.ts'
import { createSynthesis, type Synthesis } from '../../engine/synthesis/synthesiseMetamer.ts'
import { cochleagramOf } from '../cochleagramPicture.ts'
import type { WorkerContext } from '../context.ts'
import { judgeMetamer } from '../judgeMetamer.ts'
import { networkOf, requireEngineFor } from '../networkOf.ts'
import { createProgressReporter } from '../progressReporter.ts'
import { readOneStimulus } from '../readStimulus.ts'
import { runUpdates } from '../updateLoop.ts'

type Params = WorkerRequests['synthesise']['params']

const reportEveryMs = 250
/** A cochleagram costs about as much as an update. */
const previewEveryMs = { image: 250, audio: 1000 }

/** One synthesis under way. */
interface Making {
  context: WorkerContext
  params: Params
  model: Model
  reference: Float32Array
  /** What was done to the reference before the network took it. */
  notices: string[]
  synthesis: Synthesis
}

/**
 * Make a metamer and judge it.
 *
 * @returns null when it was stopped: the last checkpoint told holds the state
 * @throws NumericalError at the first loss that is not finite, after a last checkpoint
 */
export async function synthesise(context: WorkerContext, params: Params): Promise<SynthesisResult | null> {
  const network = networkOf(context, params.network)
  requireEngineFor(context, network)
  return context.jobs.during(params.runId, async (stopped) => {
    const { data: reference, notices } = await readOneStimulus(params.reference, network)
    return context.models.using(network.name, async (model) => {
      const { layer, protocol, seed, resumeFrom } = params
      const synthesis = createSynthesis({ model, layer, protocol, reference, seed, resumeFrom })
      const making = { context, params, model, reference, notices, synthesis }
      try {
        const checkpoint = await makeUpdates(making, stopped)
        return checkpoint && judged(making, checkpoint)
      } finally {
        synthesis.dispose()
      }
    })
  })
}

function makeUpdates(making: Making, stopped: () => boolean): Promise<Checkpoint | null> {
  const { context, params, synthesis } = making
  const { runId, protocol, resumeFrom, checkpointEveryS } = params
  let firstLoss = resumeFrom?.losses[0]
  const report = progressReporter(making)
  return runUpdates({
    synthesis,
    updates: protocol.updates,
    secondsBefore: resumeFrom?.seconds ?? 0,
    checkpointEveryS,
    now: () => performance.now(),
    stopped,
    afterStep: (update, loss) => report(update, loss, (firstLoss ??= loss)),
    keep: (checkpoint) => context.tell({ type: 'checkpoint', runId, checkpoint }),
  })
}

function progressReporter({ context, params, model, synthesis }: Making) {
  return createProgressReporter({
    runId: params.runId,
    updates: params.protocol.updates,
    startUpdate: synthesis.update,
    everyMs: reportEveryMs,
    previewEveryMs: previewEveryMs[model.summary.kind],
    now: () => performance.now(),
    preview: () => previewOf(context, model, synthesis.signal()),
    tell: (progress) => context.tell({ type: 'progress', progress }),
  })
}

function previewOf(context: WorkerContext, model: Model, signal: Float32Array): Preview {
  const { input } = model.summary
  if (input.kind === 'audio') return { kind: 'audio', cochleagram: cochleagramOf(context, model.summary, signal) }
  const { height, width } = input
  return { kind: 'image', height, width, rgb: Uint8Array.from(signal, (x) => Math.round(255 * x)) }
}

function judged({ context, params, model, reference, notices, synthesis }: Making, checkpoint: Checkpoint): SynthesisResult {
  const { input } = model.summary
  const rounded = { reference: quantise(input, reference), metamer: quantise(input, checkpoint.signal) }
  const exported = { reference: rounded.reference.signal, metamer: rounded.metamer.signal }
  const float = { reference, metamer: checkpoint.signal }
  const { layer, protocol } = params
  return {
    checkpoint,
    finalLoss: synthesis.currentLoss(),
    firstLoss: checkpoint.losses[0]!,
    quantised: exported.metamer,
    notice: [...notices, ...clippingNotices(rounded)].join(' ') || null,
    reference: exported.reference,
    cochleagrams: input.kind === 'audio' ? cochleagramsOf(context, model, float) : null,
    ...judgeMetamer({ model, layer, protocol, float, exported, null: params.null }),
  }
}

function cochleagramsOf(context: WorkerContext, { summary }: Model, { reference, metamer }: { reference: Float32Array; metamer: Float32Array }) {
  return { reference: cochleagramOf(context, summary, reference), metamer: cochleagramOf(context, summary, metamer) }
}

function clippingNotices({ reference, metamer }: Record<'reference' | 'metamer', Quantised>): string[] {
  return [clippingNotice('metamer', metamer), clippingNotice('reference', reference)].filter((notice) => notice !== null)
}
