import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import type { StagedModel } from '../../src-main/engine/models/model.ts'
import { openWeights } from '../../src-main/weights/openWeights.ts'

/** An EfficientNet-Lite with its own weights. The caller disposes it. */
export function buildEfficientNet(network = 'efficientnet-lite0'): StagedModel {
  const file = path.resolve(import.meta.dirname, `../../models/${network}/weights.safetensors`)
  const weights = openWeights(findNetwork(network).card, readFileSync(file))
  return buildModel(network, { weights })
}
