import { spaceOf } from '../../domain/cochleagramSpace.ts'
import type { NetworkSummary, SignalSpace } from '../../domain/network.ts'
import type { Checkpoint, Preview, SynthesisResult } from '../../domain/run.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import type { Model } from '../../engine/models/model.ts'
import { clippingNotice, quantise, type Quantised } from '../../engine/synthesis/quantise.ts'
import { signalShape } from '../../engine/synthesis/signalSpace.ts'
import { createSynthesis, type Synthesis } from '../../engine/synthesis/synthesiseMetamer.ts'
import { heardPicture, ownPicture } from '../cochleagramPicture.ts'
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

interface Spaces {
  metamer: SignalSpace
  reference: SignalSpace
}

/** One synthesis under way. */
interface Making {
  context: WorkerContext
  params: Params
  model: Model
  /** Where the metamer lies, and where the reference does. */
  spaces: Spaces
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
    const { data: reference, notices, space: referenceSpace } = await readReference(params.reference, network)
    return context.models.using(network.name, async (model) => {
      const { layer, protocol, seed, resumeFrom } = params
      const synthesis = createSynthesis({ model, layer, protocol, reference, referenceSpace, seed, resumeFrom })
      const spaces = { metamer: spaceOf(network, protocol), reference: referenceSpace }
      const making = { context, params, model, spaces, reference, notices, synthesis }
      try {
        const checkpoint = await makeUpdates(making, stopped)
        return checkpoint && judged(making, checkpoint)
      } finally {
        synthesis.dispose()
      }
    })
  })
}

/** A stimulus, or the cochleagram that is to be made audible. */
async function readReference(reference: Params['reference'], network: NetworkSummary): Promise<{ data: Float32Array; notices: string[]; space: SignalSpace }> {
  if ('bytes' in reference) return { ...(await readOneStimulus(reference, network)), space: network.input }
  return { data: reference.data, notices: [], space: reference }
}

function makeUpdates(making: Making, stopped: () => boolean): Promise<Checkpoint | null> {
  const { context, params, synthesis } = making
  const { runId, protocol, resumeFrom, checkpointEveryS } = params
  let firstLoss = resumeFrom?.losses[0]
  const report = progressReporter(making)
  return runUpdates({
    synthesis,
    step: () => context.steps.step(synthesis),
    updates: protocol.updates,
    secondsBefore: resumeFrom?.seconds ?? 0,
    checkpointEveryS,
    now: () => performance.now(),
    stopped,
    afterStep: (update, loss) => report(update, loss, (firstLoss ??= loss)),
    keep: (checkpoint) => context.tell({ type: 'checkpoint', runId, checkpoint }),
  })
}

function progressReporter(making: Making) {
  const { context, params, model, synthesis } = making
  return createProgressReporter({
    runId: params.runId,
    updates: params.protocol.updates,
    startUpdate: synthesis.update,
    everyMs: reportEveryMs,
    // All runs together show no more than one does.
    previewEveryMs: () => previewEveryMs[model.summary.kind] * context.steps.atWork,
    now: () => performance.now(),
    preview: () => previewOf(making),
    tell: (progress) => context.tell({ type: 'progress', progress }),
  })
}

function previewOf(making: Making): Preview {
  const signal = making.synthesis.signal()
  const { input } = making.model.summary
  if (input.kind === 'audio') return { kind: 'audio', cochleagram: pictureOf(making, 'metamer', signal) }
  const { height, width } = input
  return { kind: 'image', height, width, rgb: Uint8Array.from(signal, (x) => Math.round(255 * x)) }
}

function judged(making: Making, checkpoint: Checkpoint): SynthesisResult {
  const { params, model, spaces, reference, notices, synthesis } = making
  const rounded = { reference: quantise(spaces.reference, reference), metamer: quantise(spaces.metamer, checkpoint.signal) }
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
    cochleagrams: model.summary.kind === 'audio' ? { reference: pictureOf(making, 'reference', reference), metamer: pictureOf(making, 'metamer', checkpoint.signal) } : null,
    ...judgeMetamer({ model, layer, protocol, float, exported, null: params.null }),
  }
}

/** Where one of the two is a cochleagram, both are shown by the network's own front end: beside each other they must be comparable. */
function pictureOf({ context, model, spaces }: Making, which: keyof Spaces, signal: Float32Array) {
  const own = Object.values(spaces).some(({ kind }: SignalSpace) => kind === 'cochleagram')
  return own ? ownPicture(model, signal, signalShape(spaces[which])) : heardPicture(context, model.summary, signal)
}

function clippingNotices({ reference, metamer }: Record<'reference' | 'metamer', Quantised>): string[] {
  return [clippingNotice('metamer', metamer), clippingNotice('reference', reference)].filter((notice) => notice !== null)
}
