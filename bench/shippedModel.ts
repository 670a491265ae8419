import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildModel } from '../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../src-main/engine/models/catalogue.ts'
import type { Model } from '../src-main/engine/models/model.ts'
import { openWeights } from '../src-main/weights/openWeights.ts'

/** A network of the catalogue with the weights that come with the program, or random ones where none do. */
export function shippedModel(name: string): Model {
  const { card } = findNetwork(name)
  const weights = card.weights.state === 'trained' ? openWeights(card, readFileSync(path.join(import.meta.dirname, '../models', card.name, card.weights.file))) : null
  return buildModel(card.name, { weights })
}
