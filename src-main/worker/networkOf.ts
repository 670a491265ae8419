import { EngineError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { WorkerContext } from './context.ts'

/** @throws ProtocolError that lists the networks */
export function networkOf(context: Pick<WorkerContext, 'networks'>, name: string): NetworkSummary {
  return requireNetwork(context.networks.summaries(), name)
}

/** @throws EngineError when this engine cannot synthesise with the network, with the reason its card gives */
export function requireEngineFor(context: Pick<WorkerContext, 'engine'>, network: NetworkSummary): void {
  if (context.engine.backend === 'tensorflow' || network.needsNativeEngine === null) return
  throw new EngineError(
    `Network "${network.name}" needs native TensorFlow, and the engine here is ${context.engine.backend}: ${network.needsNativeEngine} ${context.engine.slowReason ?? ''}`.trim(),
  )
}
