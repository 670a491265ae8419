import * as tf from '@tensorflow/tfjs-core'
import { MediaError, ProtocolError } from '../../domain/errors.ts'
import type { NetworkSummary } from '../../domain/network.ts'
import type { NamedSignal } from '../../domain/recognition.ts'
import type { QuantisedSignal } from '../../domain/stimulus.ts'
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
 * @throws ProtocolError when the network has no labels; MediaError when a signal is of the other kind
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
      const { data, notices } = asTaken(signal, network)
      const logits = tidyNumbers(() => activationsAt(model, last, tf.tensor(data, signalShape(network.input))).dataSync() as Float32Array)
      return { recognition: nameLogits(network, logits)!, notices }
    }),
  )
}

function asTaken(signal: QuantisedSignal, { name, input }: NetworkSummary): { data: Float32Array; notices: string[] } {
  const data = dequantise(signal)
  if (signal.kind === 'image' && input.kind === 'image') return prepareImage({ ...signal, data }, input.height, input.width)
  if (signal.kind === 'audio' && input.kind === 'audio') return prepareSound({ ...signal, data }, { ...input, level: 'keep' })
  const [given, taken] = signal.kind === 'image' ? ['A picture', 'sounds'] : ['A sound', 'pictures']
  throw new MediaError(`${given} cannot be judged by network "${name}", which takes ${taken}. Choose another judge, or other runs.`)
}
