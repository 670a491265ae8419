import { ProtocolError } from './errors.ts'
import type { NetworkSummary, StageSummary } from './network.ts'

/** @throws ProtocolError that lists the stages */
export function stageIndex(network: Pick<NetworkSummary, 'name' | 'stages'>, layer: string): number {
  const index = network.stages.findIndex((s) => s.name === layer)
  if (index >= 0) return index
  const names = network.stages.map((s) => s.name).join(', ')
  throw new ProtocolError(
    `Layer "${layer}" is not in network "${network.name}". Its stages are: ${names}. Choose one of these.`,
  )
}

/**
 * Find a stage that can be a generation layer.
 *
 * @throws ProtocolError when there is no such stage, or none that metamers are made from; it lists those that are
 */
export function requireMetamerLayer(network: Pick<NetworkSummary, 'name' | 'stages'>, layer: string): StageSummary {
  const stage = network.stages[stageIndex(network, layer)]!
  if (stage.metamerLayer) return stage
  const names = network.stages.filter((s) => s.metamerLayer).map((s) => s.name).join(', ')
  throw new ProtocolError(
    `Stage "${layer}" of network "${network.name}" is not a layer that metamers are made from. Those are: ${names}. Choose one of these.`,
  )
}
