import { ModelFileError } from '../../domain/errors.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import type { FrontEnd } from '../frontends/frontEnd.ts'
import { frontEndFor } from '../frontends/frontEndFor.ts'
import type { StageStep } from './architectures/architecture.ts'
import type { Card } from '../../domain/card.ts'
import { findNetwork, networkSummary, type CatalogueEntry } from './catalogue.ts'
import { createLazyTensors } from './lazyTensors.ts'
import { stagedModel, type StagedModel } from './model.ts'
import type { Stage } from './stage.ts'
import { fileWeights, randomWeights, type WeightsSource } from './weightsSource.ts'

export interface BuildOptions {
  /** Of a trained network: the arrays of its weight file. */
  weights?: NamedArrays | null
  /** Of a network that hears: a front end to share, which stays the caller's. Absent: it makes its own. */
  frontEnd?: FrontEnd
}

/**
 * Build a network: weights checked, batch norms folded, nothing computed yet. Tensors are made when a stage first runs.
 *
 * @param name  of the network, or an alias
 * @throws ModelFileError when there is no such network, or a weight is missing or of another shape
 */
export function buildModel(name: string, options: BuildOptions = {}): StagedModel {
  return buildNetwork(findNetwork(name), options)
}

/** Build the network of one catalogue entry. */
export function buildNetwork({ card, architecture }: CatalogueEntry, options: BuildOptions): StagedModel {
  const weights = weightsFor(card, options.weights ?? null)
  const frontEnd = options.frontEnd ?? frontEndFor(card.frontEnd, card.input)
  const tensors = createLazyTensors()
  const steps = architecture({ card, weights, tensors, frontEnd })
  weights.finish()
  return stagedModel({
    summary: networkSummary(card),
    stages: stagesOf(card, steps),
    frontEnd,
    dispose() {
      tensors.dispose()
      if (frontEnd !== options.frontEnd) frontEnd?.dispose()
    },
  })
}

function weightsFor(card: Card, arrays: NamedArrays | null): WeightsSource {
  if (card.weights.state === 'random') return randomWeights(card.weights.seed, card.weights.kernels)
  if (arrays) return fileWeights(card.name, arrays)
  if (card.weights.state === 'needed') throw new ModelFileError(`Network "${card.name}" has no weights yet. Import them, or choose another network.`)
  throw new ModelFileError(`Network "${card.name}" needs its trained weights, which were not loaded. Load models/${card.name}/${card.weights.file} first.`)
}

/** Put together what the card and what the architecture say about each stage. */
function stagesOf(card: Card, steps: StageStep[]): Stage[] {
  const stated = card.stages.map((s) => s.name).join(', ')
  const built = steps.map((s) => s.name).join(', ')
  if (stated !== built) {
    throw new ModelFileError(`The card of network "${card.name}" lists the stages ${stated}; its architecture has ${built}. Correct the card.`)
  }
  return card.stages.map((stage, i) => ({ ...stage, ...steps[i]! }))
}
