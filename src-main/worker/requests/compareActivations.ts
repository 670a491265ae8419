import * as tf from '@tensorflow/tfjs-core'
import type { ActivationComparison } from '../../domain/activations.ts'
import { stageIndex } from '../../domain/stages.ts'
import type { QuantisedSignal } from '../../domain/stimulus.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { activationsAt } from '../../engine/models/model.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import { dequantise } from '../../engine/synthesis/quantise.ts'
import { exportedShape } from '../../engine/synthesis/signalSpace.ts'
import { densityBins, errorMap } from '../../engine/validation/compareActivations.ts'
import { spearmanRho } from '../../engine/validation/spearman.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf } from '../networkOf.ts'

const bins = 80
/** More cells than this cannot be told apart in print, and make files heavy. */
const largestMap = { rows: 72, columns: 108 }

/**
 * Compare the activations of a run's exported signals at one layer.
 *
 * @throws ProtocolError when the network has no such layer, or a map was asked for where there is none
 */
export async function compareActivations(context: Pick<WorkerContext, 'networks' | 'models'>, params: WorkerRequests['compareActivations']['params']): Promise<ActivationComparison> {
  const network = networkOf(context, params.network)
  const { shape } = network.stages[stageIndex(network, params.layer)]!
  return context.models.using(network.name, (model) => {
    const activations = (signal: QuantisedSignal): Float32Array =>
      tidyNumbers(() => activationsAt(model, params.layer, tf.tensor(dequantise(signal), exportedShape(signal))).dataSync() as Float32Array)
    const [reference, metamer] = [activations(params.reference), activations(params.metamer)]
    return {
      units: reference.length,
      rho: spearmanRho(metamer, reference),
      density: densityBins(reference, metamer, bins),
      map: params.map && errorMap(reference, metamer, shape, params.map.channel, largestMap),
    }
  })
}
