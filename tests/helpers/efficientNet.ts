import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import type { Model } from '../../src-main/engine/models/model.ts'
import { openWeights } from '../../src-main/weights/openWeights.ts'

/** EfficientNet-Lite0 with its own weights. The caller disposes it. */
export function buildEfficientNet(): Model {
  const file = path.resolve(import.meta.dirname, '../../models/efficientnet-lite0/weights.safetensors')
  const weights = openWeights(findNetwork('efficientnet-lite0').card, readFileSync(file))
  return buildModel('efficientnet-lite0', { weights })
}
