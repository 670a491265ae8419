import * as tf from '@tensorflow/tfjs-core'
import type { StimulusFile } from '../../domain/workerMessages.ts'
import { activationsAt, stageIndex } from '../../engine/models/model.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf } from '../networkOf.ts'
import { readStimulus } from '../readStimulus.ts'

/** Run a stimulus up to one layer. @throws ProtocolError when the network has no such layer */
export async function activations(
  context: WorkerContext,
  params: { network: string; layer: string; stimulus: StimulusFile },
): Promise<{ shape: number[]; data: Float32Array; notices: string[] }> {
  const network = networkOf(context, params.network)
  stageIndex(network, params.layer)
  const { shape, data, notices } = await readStimulus(params.stimulus, network)
  return context.models.using(network.name, (model) => {
    const values = tidyNumbers(() => {
      const y = activationsAt(model, params.layer, tf.tensor(data, shape))
      return { shape: y.shape.slice(), data: y.dataSync() as Float32Array }
    })
    return { ...values, notices }
  })
}
