import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import type { StagedModel } from '../../src-main/engine/models/model.ts'
import { openWeights } from '../../src-main/weights/openWeights.ts'

/** musicnn's VGG with its own weights. The caller disposes it. */
export function buildMusicnn(): StagedModel {
  const file = path.resolve(import.meta.dirname, '../../models/musicnn-vgg/weights.safetensors')
  const weights = openWeights(findNetwork('musicnn-vgg').card, readFileSync(file))
  return buildModel('musicnn-vgg', { weights })
}
