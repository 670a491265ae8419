import { EngineError, ModelFileError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { WorkerContext } from './context.ts'

/** @throws ModelFileError that lists the networks */
export function networkOf(context: Pick<WorkerContext, 'networks'>, name: string): NetworkSummary {
  const all = context.networks.summaries()
  const found = all.find((network) => network.name === name)
  if (found) return found
  throw new ModelFileError(`There is no network "${name}". The networks are: ${all.map((n) => n.name).join(', ')}. Choose one of these.`)
}

/** @throws EngineError when this engine cannot synthesise with the network, with the reason its card gives */
export function requireEngineFor(context: Pick<WorkerContext, 'engine'>, network: NetworkSummary): void {
  if (context.engine.backend === 'tensorflow' || network.needsNativeEngine === null) return
  throw new EngineError(
    `Network "${network.name}" needs native TensorFlow, and the engine here is ${context.engine.backend}: ${network.needsNativeEngine} ${context.engine.slowReason ?? ''}`.trim(),
  )
}
