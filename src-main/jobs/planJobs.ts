import { requireLayerBehind, spaceOf } from '../domain/cochleagramSpace.ts'
import { ModelFileError, ProtocolError } from '../domain/errors.ts'
import { metamerKey, runsByMetamer } from '../domain/metamerKey.ts'
import type { NetworkSummary, StimulusKind } from '../domain/network.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunPlan, RunSummary } from '../domain/run.ts'
import { requireMetamerLayer } from '../domain/stages.ts'
import type { ReferenceSummary } from '../domain/stimulus.ts'
import { usedNetwork } from '../project/networks.ts'
import type { NewRun } from '../project/runs.ts'

/**
 * Spell a plan out: one run for each different layer and reference, all references of a layer together.
 * Everything that would fail after minutes of computing is refused here.
 *
 * @param networks    all that the engine offers
 * @param references  those that the plan names, in its order
 * @throws ProtocolError, ModelFileError naming what does not fit and what to do
 */
export function planJobs(plan: RunPlan, networks: NetworkSummary[], references: ReferenceSummary[]): NewRun[] {
  const network = requirePlan(plan, networks)
  for (const reference of references) requireKind(network, reference)
  const { protocol, seed } = plan
  // Named twice, a layer or reference is still made once.
  const ids = new Set(references.map(({ id }) => id))
  return [...new Set(plan.layers)].flatMap((layer) =>
    [...ids].map((referenceId) => ({ network: usedNetwork(network), layer, referenceId, protocol, seed })),
  )
}

/** Those whose metamers are neither made nor waiting among the project's runs. */
export function withoutMade(planned: readonly NewRun[], runs: readonly RunSummary[]): NewRun[] {
  const made = runsByMetamer(runs)
  return planned.filter(({ network, ...run }) => !made.has(metamerKey({ ...run, network: network.name, networkHash: network.weightsHash })))
}

/**
 * Check all of a plan but its references.
 *
 * @returns the network that it means
 * @throws ProtocolError, ModelFileError naming what does not fit and what to do
 */
export function requirePlan(plan: Pick<RunPlan, 'network' | 'layers' | 'protocol'>, networks: NetworkSummary[]): NetworkSummary {
  const network = requireNetwork(networks, plan.network)
  requireWeights(network)
  for (const layer of plan.layers) requireMetamerLayer(network, layer)
  spaceOf(network, plan.protocol)
  for (const layer of plan.layers) requireLayerBehind(plan.protocol, layer)
  requireCriterion(network, plan)
  return network
}

/** @throws ModelFileError when the network cannot be run yet */
export function requireWeights({ name, weights }: NetworkSummary): void {
  if (weights.state !== 'needed') return
  throw new ModelFileError(`Network "${name}" has no weights yet: ${weights.source.replace(/\.$/, '')}. Add them, or choose another network.`)
}

const heard: Record<StimulusKind, string> = { image: 'pictures', audio: 'sounds' }
const given: Record<StimulusKind, string> = { image: 'a picture', audio: 'a sound' }

function requireKind(network: NetworkSummary, reference: ReferenceSummary): void {
  if (network.kind === reference.kind) return
  throw new ProtocolError(
    `Network "${network.name}" takes ${heard[network.kind]}; reference "${reference.fileName}" is ${given[reference.kind]}. ` +
      'Choose another network, or another reference.',
  )
}

/** The 16 categories are defined on ImageNet's thousand labels only. */
function requireCriterion({ name, kind, labels }: NetworkSummary, { protocol }: Pick<RunPlan, 'protocol'>): void {
  if (protocol.labelCriterion === 'all' || (kind === 'image' && labels.length === 1000)) return
  throw new ProtocolError(
    `The 16-way label criterion needs a network with ImageNet labels, which "${name}" does not have. Set labelCriterion to "all".`,
  )
}
