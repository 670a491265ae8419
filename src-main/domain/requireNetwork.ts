import { ProtocolError } from './errors.ts'
import type { NetworkSummary } from './network.ts'

/**
 * Find a network by its name, or by another name that its card gives.
 *
 * @throws ProtocolError that lists the networks
 */
export function requireNetwork(networks: readonly NetworkSummary[], name: string): NetworkSummary {
  const network = networks.find((candidate) => candidate.name === name || candidate.aliases?.includes(name))
  if (network) return network
  const names = networks.map((candidate) => candidate.name).join(', ')
  throw new ProtocolError(`There is no network "${name}". The networks are: ${names}. Choose one of these.`)
}
