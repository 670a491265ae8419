import type { UpdateProfile } from '../../domain/profile.ts'
import { protocolFrom } from '../../domain/protocol.ts'
import { timeOperations } from '../../engine/native/timeOperations.ts'
import { noiseStimulus } from '../../engine/support/noiseStimulus.ts'
import { createSynthesis } from '../../engine/synthesis/synthesiseMetamer.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf, requireEngineFor } from '../networkOf.ts'

/** Updates before those that count: weights become tensors, TensorFlow sets its threads up. */
const warmUp = 2

/**
 * Take the time of every operation in some updates of one network at one layer, with noise for a reference.
 *
 * @throws ProtocolError when the network has no such layer; EngineError when TensorFlow is not the engine
 */
export async function profile(context: WorkerContext, params: { network: string; layer: string; updates: number }): Promise<UpdateProfile> {
  const { layer, updates } = params
  const network = networkOf(context, params.network)
  requireEngineFor(context, network)
  return context.models.using(network.name, (model) => {
    const protocol = protocolFrom('2019 as code')
    const synthesis = createSynthesis({ model, layer, protocol, reference: noiseStimulus(network.input), seed: 1, resumeFrom: null })
    try {
      for (let i = 0; i < warmUp; i++) synthesis.step()
      const times = Array.from({ length: updates }, () => timeOf(synthesis.step))
      const operations = timeOperations(() => {
        for (let i = 0; i < updates; i++) synthesis.step()
      }, () => performance.now())
      return {
        updates,
        msPerUpdate: times.sort((a, b) => a - b)[updates >> 1]!,
        operations: operations.map(({ operation, shape, calls, ms }) => ({ operation, shape, callsPerUpdate: calls / updates, msPerUpdate: ms / updates })),
      }
    } finally {
      synthesis.dispose()
    }
  })
}

function timeOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
