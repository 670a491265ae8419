import * as tf from '@tensorflow/tfjs-core'
import { hearsBy } from '../../domain/cochleagramSpace.ts'
import { MediaError, ProtocolError } from '../../domain/errors.ts'
import type { NetworkSummary } from '../../domain/network.ts'
import type { NamedSignal } from '../../domain/recognition.ts'
import type { CochleagramSignal, QuantisedSignal } from '../../domain/stimulus.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { prepareSound } from '../../engine/frontends/audioPreprocessing.ts'
import { prepareImage } from '../../engine/frontends/imagePreprocessing.ts'
import { activationsAt } from '../../engine/models/model.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import { dequantise } from '../../engine/synthesis/quantise.ts'
import { signalShape } from '../../engine/synthesis/signalSpace.ts'
import type { WorkerContext } from '../context.ts'
import { nameLogits } from '../nameLogits.ts'
import { networkOf } from '../networkOf.ts'

/**
 * Name exported signals by a network, which need not be the one they were made for. It gets them as anybody gets the
 * files: rounded, then brought to its own size, rate and length. A sound's level stays as it is.
 *
 * @throws ProtocolError when the network has no labels; MediaError when a signal is of the other kind, or a cochleagram it does not hear by
 */
export async function recogniseSignals(
  context: Pick<WorkerContext, 'networks' | 'models'>,
  { network: name, signals }: WorkerRequests['recogniseSignals']['params'],
): Promise<NamedSignal[]> {
  const network = networkOf(context, name)
  if (network.labels.length === 0) throw new ProtocolError(`Network "${network.name}" has no labels, so it recognises nothing. Choose another judge.`)
  const last = network.stages.at(-1)!.name
  return context.models.using(network.name, (model) =>
    signals.map((signal) => {
      const { data, shape, notices } = asTaken(signal, network)
      const logits = tidyNumbers(() => activationsAt(model, last, tf.tensor(data, shape)).dataSync() as Float32Array)
      return { recognition: nameLogits(network, logits)!, notices }
    }),
  )
}

function asTaken(signal: QuantisedSignal, network: NetworkSummary): { data: Float32Array; shape: number[]; notices: string[] } {
  if (signal.kind === 'cochleagram') return { data: signal.data, shape: ownShape(signal, network), notices: [] }
  const { name, input } = network
  const data = dequantise(signal)
  const shape = signalShape(input)
  if (signal.kind === 'image' && input.kind === 'image') return { shape, ...prepareImage({ ...signal, data }, input.height, input.width) }
  if (signal.kind === 'audio' && input.kind === 'audio') return { shape, ...prepareSound({ ...signal, data }, { ...input, level: 'keep' }) }
  const [given, taken] = signal.kind === 'image' ? ['A picture', 'sounds'] : ['A sound', 'pictures']
  throw new MediaError(`${given} cannot be judged by network "${name}", which takes ${taken}. Choose another judge, or other runs.`)
}

function ownShape(signal: CochleagramSignal, { name, cochleagram }: NetworkSummary): number[] {
  if (hearsBy(cochleagram, signal)) return signalShape(signal)
  throw new MediaError(
    `Network "${name}" does not hear by a cochleagram of ${signal.rows} rows and ${signal.columns} columns ("${signal.frontEnd}"). Make the cochleagram audible first ("lab invert"), and have the sound judged.`,
  )
}
